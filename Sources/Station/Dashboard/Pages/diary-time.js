// Days and moments on the time axis: local time drawn as if it were UTC, in milliseconds.

/** A day on the axis, in milliseconds; local days are all drawn equally long. */
export const dayLength = 86_400_000;

/** When on its date a slot is drawn, in hours. */
export const slotHours = { morning: 8, evening: 22 };

/** The begin of a date. */
export const timeOf = (date) => Date.parse(date + "T00:00:00Z");

/** The date that a moment lies in. */
export const dateOf = (time) => new Date(time).toISOString().slice(0, 10);

/** The date some days on. */
export const shifted = (date, days) => dateOf(timeOf(date) + days * dayLength);

/** How many dates there are from one to another, both counted. */
export const daysFrom = (from, to) => Math.round((timeOf(to) - timeOf(from)) / dayLength) + 1;

/** A moment of the station on the axis. */
export const localTime = (microseconds, offset) => microseconds / 1000 + offset * 1000;

/** Whether a text is a date that exists. */
export const isDate = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(timeOf(text)) && dateOf(timeOf(text)) === text;

/** The least that may be shown, in milliseconds: below it a point fills the panel. */
export const leastSpan = 3 * dayLength;
