// Telegram: is the token a bot's, and does the bot see the chat?
import type { Secret } from '../../secrets/schema.ts'
import { type Diagnosis, ill, well } from '../diagnosis.ts'
import { ask, at, type Said } from './ask.ts'

export async function telegramDiagnoses({ token, chatId }: Secret<'telegram'>): Promise<readonly Diagnosis[]> {
  const base = `${process.env.TELEGRAM_URL ?? 'https://api.telegram.org'}/bot${token}`
  const me = await ask(`${base}/getMe`)
  if ('silent' in me) return [silent(me)]
  if (at(me.body, 'ok') !== true)
    return [refused(`getMe: ${at(me.body, 'description')}`, 'take the token from @BotFather')]
  const chat = await ask(`${base}/getChat?chat_id=${encodeURIComponent(String(chatId))}`)
  if ('silent' in chat) return [silent(chat)]
  if (at(chat.body, 'ok') === true)
    return [well('channels', `telegram: @${at(me.body, 'result', 'username')} sees its chat`)]
  const moved = at(chat.body, 'parameters', 'migrate_to_chat_id')
  return [
    refused(
      `getChat: ${at(chat.body, 'description')}`,
      moved === undefined
        ? 'add the bot to the chat, and put that chat’s id into the secret'
        : `the group became a supergroup: put its new id ${moved} into the secret`,
    ),
  ]
}

function refused(what: string, mend: string): Diagnosis {
  return ill('channels', `telegram: ${what}`, 'no alert goes that way', `${mend}; then npm run secrets`)
}

function silent({ silent: why, mend }: Extract<Said, { silent: string }>): Diagnosis {
  return ill('channels', `telegram does not answer: ${why}`, 'no alert goes that way', mend)
}
