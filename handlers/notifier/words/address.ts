// An address as short as it still says something, for an SMS.
import { isIPv6 } from 'node:net'

/**
 * Of an IPv6 address the network: its first three groups, which is what a provider gives one customer (`2001:db8:e1a3::/48`, RFC 6177);
 * of an IPv4 address within one (`::ffff:203.0.113.24`) that. '' where it would be no shorter, and of every other text.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return ''
  const short = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? `${firstGroups(address).join(':')}::/48`
  return short.length < address.length ? short : ''
}

/** The first three groups without their leading zeros, and without the zeros at their end that `::` stands for. */
function firstGroups(address: string): readonly string[] {
  const [head = '', tail = ''] = address.split('::')
  const known = head.split(':').filter(Boolean)
  const behind = tail.split(':').filter(Boolean)
  // A tail of an IPv4 address is two groups; only the first three of eight matter, and it is never among them.
  const gap = Array<string>(Math.max(0, 8 - known.length - behind.length)).fill('0')
  const groups = [...known, ...gap, ...behind].slice(0, 3).map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
  while (groups.at(-1) === '0') groups.pop()
  return groups
}
