// Bundles the notifier into the one file that the template carries inline, compressed (docs/decisions/0007-compressed-code.md),
// and into the same code for people to read.
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { NotifierSettings } from '../../handlers/notifier/settings.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

export interface NotifierBundle {
  /** The index.js of the template: CommonJS that unpacks the minified bundle and runs it. */
  readonly code: string
  /** What the index.js unpacks. */
  readonly minified: string
  /** The same bundle before it was minified and compressed: what is reviewed in generated/notifier.js. */
  readonly readable: string
}

/** The function with the channels and the language that the settings name, and no others: what is not used is not carried. */
export type BundledFor = Pick<NotifierSettings, 'locale' | 'routes'>

export async function bundleNotifier(settings: BundledFor): Promise<NotifierBundle> {
  const minified = await bundle(settings, { minify: true })
  return {
    code: unpacking(minified),
    minified,
    readable: await bundle(settings, { minify: false }),
  }
}

/**
 * CommonJS, since CloudFormation names an inline file index.js. Node 20 is what the rehearsal runs it on; it runs on
 * Lambda's Node 24 as it is. UTF-8, since a Korean letter is 3 bytes and its escape 6.
 */
async function bundle(settings: BundledFor, how: { readonly minify: boolean }): Promise<string> {
  const { outputFiles } = await build({
    // An `export` of the entry's own would be put through half a kilobyte of helpers, for importers that there are none of.
    stdin: {
      contents: "import { handler } from './handlers/notifier/index.ts'\nexports.handler = handler",
      resolveDir: checkout,
      sourcefile: 'index.js',
    },
    // Otherwise the names of the bundled files would depend on the folder the command is run in.
    absWorkingDir: checkout,
    bundle: true,
    ...how,
    platform: 'node',
    format: 'cjs',
    banner: { js: "'use strict'" },
    target: 'node20',
    // Node has known them since 10. esbuild is not sure of the newest, and makes calls of RegExp that it then dares not leave out.
    supported: { 'regexp-unicode-property-escapes': true },
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
    plugins: [withoutUnused(settings)],
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error('esbuild wrote no bundle of handlers/notifier')
  return file.text.trimEnd()
}

/** Registry and languages import one file a channel and a language; those that no setting names come out empty. */
function withoutUnused({ locale, routes }: BundledFor): Plugin {
  const used = new Set<string>([locale, ...Object.values(routes).flat()])
  return {
    name: 'without unused channels and languages',
    setup: ({ onLoad, onResolve }) => {
      onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ path, importer }) => {
        const lists = /handlers\/notifier\/(channels\/registry|words\/languages)\.ts$/.test(importer)
        const listed = lists && path !== './channel.ts' && path !== './words.ts'
        return listed && !used.has(basename(path, '.ts')) ? { path, namespace: 'unused' } : undefined
      })
      // What nhn-sms.ts exports is nhnSms, and so on; of an unused one it is undefined.
      onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => {
        const name = basename(path, '.ts').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
        return { contents: `export const ${name} = undefined`, loader: 'js' }
      })
    },
  }
}

/** The library's ESM build is for browsers, and fetches its WebAssembly. */
const { compress } = createRequire(import.meta.url)('brotli-wasm') as Awaited<typeof import('brotli-wasm').default>

/**
 * Node's own Brotli would do, but its bytes differ between versions of Node, and generated/ must not. What unpacks it in
 * Lambda is Node's own.
 */
function unpacking(code: string): string {
  const bytes = Buffer.from(compress(Buffer.from(code), { quality: 11 }))
  return `// handlers/notifier, minified and compressed to fit. To read it: generated/notifier.js
const packed = '${inBase91(bytes)}'
const digits = new Uint8Array(127).map((_, sign) => ({ 33: 39, 126: 92, 32: 123 }[sign] ?? sign) - 35)
const bytes = Buffer.alloc(${bytes.length})
for (let at = 0, to = 0, bits = 0, held = 0; at < packed.length; at += 2) {
  bits = (bits << 13) | (digits[packed.charCodeAt(at)] * 91 + digits[packed.charCodeAt(at + 1)])
  for (held += 13; held >= 8; ) bytes[to++] = bits >> (held -= 8)
}
const code = require('node:zlib').brotliDecompressSync(bytes).toString()
new Function('exports', 'require', code)(exports, require)`
}

/**
 * Thirteen bits as two signs of 91: a fiftieth less than base 85, an eleventh less than base64. The signs are # to }, but for
 * three that others stand for: what a string of JavaScript or JSON would have to escape, and the brace with which a
 * checker of templates would see a placeholder begin.
 */
function inBase91(bytes: Buffer): string {
  let [written, bits, held] = ['', 0, 0]
  const write = (value: number) => {
    written += String.fromCharCode(35 + Math.floor(value / 91), 35 + (value % 91))
  }
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfffff
    held += 8
    if (held < 13) continue
    held -= 13
    write((bits >> held) & 0x1fff)
  }
  if (held > 0) write((bits << (13 - held)) & 0x1fff)
  return written.replaceAll("'", '!').replaceAll('\\', '~').replaceAll('{', ' ')
}
