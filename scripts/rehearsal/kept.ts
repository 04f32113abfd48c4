// A program that ends when this process does, however this one ends: an exit handler is not enough. Whoever runs a script by tsx and
// sends it SIGTERM while it is busy for a thirtieth of a second has tsx send SIGKILL, and no handler runs then. What the kernel does in
// every case is to close the pipe that is held here, so a shell waits for the end of that pipe and then ends its whole group.
import { spawn } from 'node:child_process'

export interface Kept {
  /** Asks the program and what it started to end; after a second it is killed. */
  readonly stop: () => void
  readonly hasEnded: () => boolean
}

export interface Keeping {
  readonly args?: readonly string[]
  /** A folder that goes with the program, for what it would leave behind. */
  readonly scratch?: string
}

/**
 * POSIX's sh. The trap keeps the shell itself past the SIGTERM that it sends to its group; what it starts is not bound by
 * it. A program that ends by itself wakes the shell up, so that what it started goes, too.
 */
const keeper = `scratch=$1
shift
trap : TERM
{ "$0" "$@" </dev/null; kill -TERM $$; } &
read -r end
kill -TERM 0
sleep 1
[ -z "$scratch" ] || rm -rf -- "$scratch" || rm -rf -- "$scratch"
kill -KILL 0`

/** Starts the program in a process group of its own, with nothing to read and nobody to write to. */
export function keep(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
  { args = [], scratch = '' }: Keeping = {},
): Kept {
  const shell = spawn('/bin/sh', ['-c', keeper, program, scratch, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env,
  })
  let ended = false
  // A shell that cannot be run at all ends with an error and without an exit.
  for (const event of ['exit', 'error'] as const) {
    shell.once(event, () => {
      ended = true
    })
  }
  // It is closed by the other side when the program ends by itself.
  shell.stdin.on('error', () => {})
  const stop = () => {
    shell.stdin.destroy()
    // What is left to be done is the shell's; nobody has to wait for it.
    shell.unref()
  }
  return { stop, hasEnded: () => ended }
}
