// The page's server: a few routes on this machine's loopback, and a stream that carries each part of the page anew when it changed.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { actions, settle } from './actions.ts'
import { refused, safeHeaders } from './guard.ts'
import { languageOf } from './languages.ts'
import { mostBytes } from './pasted.ts'
import type { Screen } from './screen.ts'
import { subscribe } from './stream.ts'

export interface Served {
  readonly url: string
  readonly close: () => void
}

/** Serves the screen on the port, or on another that is free when it is taken. */
export async function serve(screen: Screen, port: number): Promise<Served> {
  const server = createServer((incoming, outgoing) => {
    answer(screen, server, incoming, outgoing).catch((error: Error) => end(outgoing, 500, 'text/plain', error.message))
  })
  await listen(server, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    return listen(server, 0)
  })
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${portOf(server)}`, close }
}

async function answer(screen: Screen, server: Server, incoming: IncomingMessage, outgoing: ServerResponse) {
  const { method = 'GET', headers } = incoming
  for (const [name, value] of Object.entries(safeHeaders)) outgoing.setHeader(name, value)
  const why = refused(method, headers, portOf(server))
  if (why !== undefined) return end(outgoing, 403, 'text/plain', `${why}\n`)
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const language = languageOf(searchParams.get('lang'), headers['accept-language'])
  if (method === 'POST') return act(screen, pathname, incoming, outgoing)
  const file = files[pathname]
  if (file !== undefined) return end(outgoing, 200, file.type, readFileSync(new URL(file.name, import.meta.url)))
  if (pathname === '/events') return subscribe(screen, language, outgoing)
  const page = await screen.page(pathname, language, searchParams.get('q') ?? '')
  if (page === undefined) return end(outgoing, 404, 'text/plain', 'there is no such page\n')
  end(outgoing, 200, 'text/html', page)
}

const files: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '/client.js': { name: 'client.js', type: 'text/javascript' },
  '/style.css': { name: 'style.css', type: 'text/css' },
  '/icon.svg': { name: 'icon.svg', type: 'image/svg+xml' },
}

/** A form, pressed by the page's own script, which hears of the rest by the stream, or by a browser that goes back to the page. */
async function act(screen: Screen, path: string, incoming: IncomingMessage, outgoing: ServerResponse) {
  const action = Object.hasOwn(actions, path) ? actions[path] : undefined
  if (action === undefined) return end(outgoing, 404, 'text/plain', 'there is no such button\n')
  const body = await read(incoming)
  const form = new URLSearchParams(body ?? '')
  screen.notice = body === undefined ? { is: 'too large' } : action(screen.theatre, form)
  screen.changed()
  if (incoming.headers.accept === 'application/json') return void outgoing.writeHead(204).end()
  await settle()
  const language = languageOf(form.get('lang'), incoming.headers['accept-language'])
  outgoing.writeHead(303, { location: `/?lang=${language}` }).end()
}

/** Signs of JSON are three characters each in a form. */
const mostFormBytes = 3 * mostBytes + 1024

async function read(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= mostFormBytes) chunks.push(chunk)
    // Read on, so that the answer is read; but not for ever.
    else if (bytes > 8 * mostFormBytes) break
  }
  return bytes > mostFormBytes ? undefined : Buffer.concat(chunks).toString()
}

function end(outgoing: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (outgoing.headersSent) return void outgoing.destroy()
  outgoing.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body)
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
