// Apple's names for its resources, as people read them: "inAppPurchasesV2" is "In-app purchases".

/** What splitting a name at its capitals takes apart, put back the way Apple writes it; in order. */
const SPELLED: [RegExp, string][] = [
  [/^ci\b/, 'Xcode Cloud'], [/^scm\b/, 'source control'], [/\bapp store\b/g, 'App Store'], [/\bin app\b/g, 'in-app'], [/\bpre release\b/g, 'pre-release'], [/\bapp clip/g, 'App Clip'],
  [/\bgame center\b/g, 'Game Center'], [/\bbundle id/g, 'bundle ID'], [/\bmac os\b/g, 'macOS'], [/\bios\b/g, 'iOS'], [/\bxcode\b/g, 'Xcode'], [/\beula\b/g, 'EULA'], [/\bperf power\b/g, 'power and performance'],
  [/\bwin back\b/g, 'win-back'], [/\bapi\b/g, 'API'], [/\burl\b/g, 'URL'], [/\bid\b/g, 'ID'], [/\bpre order/g, 'pre-order'], [/\bgit\b/g, 'Git'],
];

/** A resource's name in words, its first letter a capital. */
export function resourceName(segment: string): string {
  const words = segment.replace(/V\d+$/, '').replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  const spelled = SPELLED.reduce((text, [pattern, name]) => text.replace(pattern, name), words);
  // What Apple writes small at the front stays small.
  return /^(iOS|macOS)/.test(spelled) ? spelled : spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
