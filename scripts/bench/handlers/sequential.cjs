// The way it is shown in blogs: Telegram, then NHN Cloud, secrets from the environment, no answer looked at, no records.
const { TELEGRAM_URL, TELEGRAM_TOKEN, TELEGRAM_CHAT } = process.env
const { NHN_SMS_URL, NHN_APP_KEY, NHN_SECRET_KEY, NHN_SENDER, NHN_RECIPIENT } = process.env

exports.handler = async (request) => {
  const { detail } = JSON.parse(request.body)
  const text = `root: ${detail.eventName} ${detail.sourceIPAddress}`
  await fetch(`${TELEGRAM_URL}/bot${TELEGRAM_TOKEN}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chat_id: TELEGRAM_CHAT, text }),
  })
  await fetch(`${NHN_SMS_URL}/sms/v3.0/appKeys/${NHN_APP_KEY}/sender/sms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=UTF-8', 'x-secret-key': NHN_SECRET_KEY },
    body: JSON.stringify({ body: text, sendNo: NHN_SENDER, recipientList: [{ recipientNo: NHN_RECIPIENT }] }),
  })
  return { statusCode: 200, body: '' }
}
