import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { html, withCode } from '../../../../scripts/rehearsal/page/html.ts'

const test = suite('HTML')

test('a value is text, in an element as in an attribute', () => {
  const evil = `"><script>alert('&')</script>`
  assert.is(
    html`<p title="${evil}">${evil}</p>`.html,
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>',
  )
})

test('HTML inside of HTML stays what it is, alone or as a list', () => {
  const item = (text: string) => html`<li>${text}</li>`
  assert.is(html`<ul>${['a', '<b>'].map(item)}</ul>`.html, '<ul><li>a</li><li>&lt;b&gt;</li></ul>')
})

test('no text, whatever it is, opens an element or ends an attribute', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.not.match(html`${text}`.html, /[<>"']/)))
})

test('what stands in backticks is code, and a backtick that is alone is a backtick', () => {
  assert.is(withCode('`a<b` is `c`').html, '<code>a&lt;b</code> is <code>c</code>')
  assert.is(withCode('one ` of them').html, 'one ` of them')
  assert.is(withCode('').html, '')
})

test.run()
