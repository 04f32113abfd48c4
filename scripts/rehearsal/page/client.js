// What the page does beyond reading: it presses buttons without leaving, draws what the stream carries, and searches.
// The HTML that it draws is the server's own, every value in it escaped there; nothing of it can run (see guard.ts).

const language = document.documentElement.lang

const stream = document.querySelector('#strip') ? new EventSource(`/events?lang=${language}`) : undefined
stream?.addEventListener('message', ({ data }) => {
  const { part, html } = JSON.parse(data)
  draw(document.getElementById(part), html)
})

/** Puts the new content in, and the focus and what was unfolded back where they were. */
function draw(element, html) {
  if (element === null) return
  const focused = element.contains(document.activeElement) ? document.activeElement.id : ''
  const open = [...element.querySelectorAll('details[open][id]')].map(({ id }) => id)
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  element.replaceChildren(...parsed.body.childNodes)
  for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  if (focused !== '') (document.getElementById(focused) ?? element).focus()
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post') return
  event.preventDefault()
  press(form, new FormData(form, event.submitter))
  if ('fires' in form.dataset && narrow.matches) showWhatHappens()
})

/** As in style.css: the columns are one below the other. */
const narrow = matchMedia('(max-width: 900px)')

/** On a narrow screen the strip comes after the records and before the phones; it is brought to the top, the phones below it. */
function showWhatHappens() {
  const { top } = document.querySelector('.rang').getBoundingClientRect()
  const strip = document.getElementById('strip')
  window.scrollBy(0, top - strip.offsetHeight - parseFloat(getComputedStyle(strip).marginBottom))
}

// A switch is turned at once; its button is for those who read without this script.
document.addEventListener('change', ({ target }) => {
  if (target.matches('select[data-switch]')) press(target.form, new FormData(target.form))
})

async function press(form, fields) {
  const answer = await fetch(form.action, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams([...fields]),
  }).catch(() => undefined)
  if (answer?.ok) return
  const strip = document.getElementById('strip')
  strip.textContent = answer === undefined ? document.body.dataset.gone : await answer.text()
}

const search = document.querySelector('input[type=search]')
search?.addEventListener('input', () => {
  const wanted = search.value.trim().toLowerCase()
  for (const group of document.querySelectorAll('#records details')) {
    const rows = [...group.querySelectorAll('li')]
    for (const row of rows) row.hidden = !row.dataset.text.includes(wanted)
    const found = rows.filter((row) => !row.hidden).length
    group.hidden = found === 0
    group.open = wanted !== '' && found > 0
  }
})

document.documentElement.classList.add('scripted')
