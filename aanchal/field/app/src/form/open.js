// The form that is open now: what its widgets ask about. Enketo makes the widgets itself, so nothing can be handed to them.

let opened = null;

export const about = () => opened;
export const hold = (told) => (opened = told);
