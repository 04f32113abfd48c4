// The sources of the events that the guard puts itself, for the rules that take them, the roles that may put them and the
// commands that do. handlers/notifier, which reads them, has its own: neither side imports the other's values.

/** Of an activity that never happened: npm run drill. */
export const drillSource = 'root-guard.drill'

/** Of word that there is drift: npm run drift -- --alert. */
export const driftSource = 'root-guard.drift'
