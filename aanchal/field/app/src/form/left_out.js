// In place of what no form of ours asks Enketo for.
export default {};
export const md = {};
