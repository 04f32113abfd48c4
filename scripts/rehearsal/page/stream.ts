// Server-sent events: whoever watches gets those parts of the page that look different from what they were sent last.
import type { ServerResponse } from 'node:http'
import type { Language } from './languages.ts'
import type { Screen } from './screen.ts'

/** Not each of a burst's thousand news is worth drawing. */
const mostOftenMs = 80

export function subscribe(screen: Screen, language: Language, outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const sent = new Map<string, string>()
  let waiting: NodeJS.Timeout | undefined

  function draw(): void {
    waiting = undefined
    for (const [part, html] of Object.entries(screen.parts(language))) {
      if (sent.get(part) === html) continue
      sent.set(part, html)
      outgoing.write(`data: ${JSON.stringify({ part, html })}\n\n`)
    }
  }

  const watcher = () => {
    waiting ??= setTimeout(draw, mostOftenMs)
  }
  screen.watchers.add(watcher)
  outgoing.once('close', () => {
    screen.watchers.delete(watcher)
    clearTimeout(waiting)
  })
  draw()
}
