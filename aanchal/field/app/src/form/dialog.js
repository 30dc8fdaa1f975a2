// Enketo asks before it deletes the answers about a member.
import { t } from "../words.js";

export default {
  alert: (content) => Promise.resolve(window.alert(content.message ?? content)),
  confirm: () => Promise.resolve(window.confirm(t("delete_member"))),
  prompt: () => Promise.resolve(null),
};
