// What anybody may read on GitHub holds no account id and no phone number. Logs and job summaries are masked by the
// runner as well; comments and issues are not, so their texts go through here. Pure.

/** Account ids become twelve asterisks; of a phone number the last four digits stay. */
export function redacted(text: string): string {
  return text.replace(phoneNumber, (_, last: string) => `***-${last}`).replace(accountId, '************')
}

/** Korean mobile numbers as people and providers write them: 010-1234-5678, 01012345678, +82 10 1234 5678. */
const phoneNumber = /(?<![\w-])(?:\+?82[- ]?\(?0?\)?|0)1[016789][- ]?\d{3,4}[- ]?(\d{4})(?![\w-])/g

/** Twelve digits between anything but letters and digits: in an ARN, in the name of a bucket, by themselves. */
const accountId = /(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g
