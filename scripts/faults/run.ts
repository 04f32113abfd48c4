// Runs many cells at a time without letting them falsify each other's times: what mostly waits runs on many lanes, what
// is answered at once on few, in as many processes as there are processors.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Ran } from './lane.ts'
import type { Cell } from './matrix.ts'

/** Lanes of one process. */
const patientLanes = 16
const quickLanes = 2

/** What the cells came to, in their order. `progress` is told how many are done. */
export async function runCells(cells: readonly Cell[], progress: (done: number) => void): Promise<readonly Ran[]> {
  const workers = Array.from({ length: availableParallelism() }, startWorker)
  const ran: Ran[] = []
  let done = 0

  async function lane(worker: Worker, queue: number[]): Promise<void> {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      ran[index] = await worker.run(cells[index] as Cell)
      progress(++done)
    }
  }

  try {
    const [patient, quick] = [isPatient, isQuick].map((kind) => [...cells.keys()].filter((i) => kind(cells[i] as Cell)))
    const lanes = workers.flatMap((worker) => [
      ...Array.from({ length: patientLanes }, () => lane(worker, patient as number[])),
      ...Array.from({ length: quickLanes }, () => lane(worker, quick as number[])),
    ])
    await Promise.all(lanes)
  } finally {
    for (const { end } of workers) end()
  }
  return ran
}

/** Cells that spend most of their time waiting. */
function isPatient({ fault, dynamodb, ssm }: Cell): boolean {
  return dynamodb === 'hangs' || ssm === 'hangs' || ['hangs', 'slow', 'busy', 'unreachable', 'broken'].includes(fault)
}

function isQuick(cell: Cell): boolean {
  return !isPatient(cell)
}

interface Worker {
  readonly run: (cell: Cell) => Promise<Ran>
  readonly end: () => void
}

export interface Asked {
  readonly id: number
  readonly cell: Cell
}

export interface Said {
  readonly id: number
  readonly ran: Ran
}

function startWorker(): Worker {
  const child: ChildProcess = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [
    String(patientLanes + quickLanes),
  ])
  const waiting = new Map<number, (ran: Ran) => void>()
  let ids = 0
  child.on('message', ({ id, ran }: Said) => {
    waiting.get(id)?.(ran)
    waiting.delete(id)
  })
  const ended = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`a process of the matrix ended: ${code}`)),
  )
  ended.catch(() => {}) // it is told to whoever waits for it
  return {
    run: (cell) => {
      const id = ++ids
      child.send({ id, cell } satisfies Asked)
      return Promise.race([new Promise<Ran>((resolve) => waiting.set(id, resolve)), ended])
    },
    end: () => void child.kill(),
  }
}
