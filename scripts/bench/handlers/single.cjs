// Asks one provider and nothing else: what the slowest provider costs whoever asks it.
const { TELEGRAM_URL, TELEGRAM_TOKEN, TELEGRAM_CHAT } = process.env

exports.handler = async () => {
  const response = await fetch(`${TELEGRAM_URL}/bot${TELEGRAM_TOKEN}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chat_id: TELEGRAM_CHAT, text: 'root' }),
  })
  return { statusCode: 200, body: await response.text() }
}
