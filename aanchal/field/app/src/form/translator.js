// Enketo's own words.
import { t as words } from "../words.js";

export const t = (key) => ({ "constraint.invalid": words("not_allowed"), "constraint.required": words("must_answer") })[key] ?? "";
