// The few widgets a phone needs; all else is the phone's own controls.
import Radiopicker from "enketo-core/src/widget/radio/radiopicker";
import { Picture } from "./picture.js";
import { Position } from "./position.js";

export default [Radiopicker, Picture, Position];
