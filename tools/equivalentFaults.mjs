// Faults that no test can see, as tools/check-tests.mjs names them, each with the reason.
export const equivalent = {};
