// Loads the function that its argument names, as Lambda does, says how long that took, and hands it events from then on.
const before = performance.now()
const { handler } = require(process.argv[2])
const now = performance.now()
process.send({ loadMs: now - before, readyMs: now })
process.on('message', async (event) => process.send(await handler(event)))
