// One of the processes that run.ts starts: runs each cell it is sent on a lane that is free. A cell during which the
// process was held up says nothing about the notifier, and is run again.
import { startable } from './function.ts'
import { type Lane, type Ran, startLane } from './lane.ts'
import { type Cell, cells, partners } from './matrix.ts'
import type { Asked, Said } from './run.ts'

/** Far more than the work of one cell, far less than the shortest time limit in the function. */
const heldUpMs = 120
const mostRuns = 3

const start = await startable(Object.keys(partners))
const lanes = await Promise.all(Array.from({ length: Number(process.argv[2]) }, () => startLane(start)))
const free: Lane[] = [...lanes]

// The first run of anything is slow, and is no cell's.
for (const lane of lanes) await lane.run(cells()[0] as Cell)

const tickMs = 20
/** The longest that each cell under way was held up, by its number. */
const heldUp = new Map<number, number>()
let last = performance.now()
setInterval(() => {
  const late = performance.now() - last - tickMs
  last = performance.now()
  for (const [id, worst] of heldUp) heldUp.set(id, Math.max(worst, late))
}, tickMs)

process.on('message', async ({ id, cell }: Asked) => {
  const lane = free.pop() as Lane
  let ran: Ran | undefined
  for (let runs = 0; runs < mostRuns; runs++) {
    heldUp.set(id, 0)
    ran = await lane.run(cell)
    if ((heldUp.get(id) ?? 0) < heldUpMs) break
  }
  heldUp.delete(id)
  free.push(lane)
  process.send?.({ id, ran: ran as Ran } satisfies Said)
})
