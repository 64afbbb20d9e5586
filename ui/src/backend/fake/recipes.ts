// The sample world's recipes: the names, forms and limits of the core's tables in short, with a source each. What a tool
// really takes is written down, sourced and tested with the tool in the core.
import type {
  Basis, Encoding, FormView, Half, HandoffFile, HandoffIndividual, HandoffInstead, HandoffSheet, KeyKind, KeyView, Language, Limit, Place, RecipeView, Role, SourceView, Task, Tool, ToolGroup, Trap,
} from '../bindings.gen';

type Setting = [name: string, value: 'key_id' | 'issuer_id' | 'path' | `=${string}` | Encoding, only?: KeyKind];
/** `team` with its slots between ‹ and ›; `individual` is the same without the lines that name the issuer, or null. */
type Lines = [language: Language, place: Place, team: string, individual?: string | null];
type Form = {
  code: string;
  individual: HandoffIndividual;
  basis: Basis;
  file?: { name?: string; encoding?: Encoding; place?: Place; folder?: string };
  settings?: Setting[];
  place?: Place;
  lines?: Lines[];
  traps: Trap[];
};
type Recipe = { tool: Tool; group: ToolGroup; jobs: Task[]; forms: Form[]; least: Role | null; source: [title: string, url: string] };

const TEAM: HandoffInstead = { way: 'kind', kind: 'team' };
const instead = (tool: Tool, form: string): HandoffInstead => ({ way: 'form', tool, form });
const half = (value: Half, limit: Limit | null, basis: Basis = 'reported', ways: HandoffInstead[] = []): HandoffIndividual => ({ value, basis, limit, instead: ways });
const WORKS = half('yes', null, 'documented');
const RECENT = half('part', 'recent_versions_only');
const NO_ISSUER = (...ways: HandoffInstead[]) => half('no', 'needs_issuer', 'reported', [TEAM, ...ways]);

const FOLDER = '~/.appstoreconnect/private_keys';
const KEYS_FOLDER = { folder: FOLDER, place: 'private_keys_folder' } as const;
const PUBLISHING: Task[] = ['upload_builds', 'testflight_notes', 'testflight_external', 'submit_review', 'edit_metadata', 'certificates'];
const ASC: Setting[] = [['ASC_KEY_ID', 'key_id'], ['ASC_ISSUER_ID', 'issuer_id']];
const FASTLANE: Setting[] = [
  ['APP_STORE_CONNECT_API_KEY_KEY_ID', 'key_id'], ['APP_STORE_CONNECT_API_KEY_ISSUER_ID', 'issuer_id'],
  ['APP_STORE_CONNECT_API_KEY_KEY', 'base64_pem'], ['APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64', '=true'],
];
const FASTLANE_TRAPS: Trap[] = ['duration_at_most_1140', 'provisioning_needs_team', 'older_versions_refuse_individual'];

export const RECIPES: Recipe[] = [
  {
    tool: 'notarytool', group: 'apple', jobs: ['notarize'], least: 'DEVELOPER', source: ['Manual page of notarytool', 'https://keith.github.io/xcode-man-pages/notarytool.1.html'],
    forms: [{
      code: 'notarytool_profile', basis: 'reported', individual: half('disputed', 'sources_disagree', 'disputed', [TEAM]), file: {}, traps: ['individual_disputed', 'agreement_is_no_key_fault'],
      lines: [
        ['shell', 'terminal', 'xcrun notarytool store-credentials ‹name› --key ‹path› --key-id ‹key_id› --issuer ‹issuer_id›', 'xcrun notarytool store-credentials ‹name› --key ‹path› --key-id ‹key_id›'],
        ['shell', 'build_script', 'xcrun notarytool submit App.zip --keychain-profile ‹name› --wait', 'xcrun notarytool submit App.zip --keychain-profile ‹name› --wait'],
      ],
    }],
  },
  {
    tool: 'altool', group: 'apple', jobs: ['upload_builds'], least: 'DEVELOPER', source: ['Manual page of altool', 'https://keith.github.io/xcode-man-pages/altool.1.html'],
    forms: [{
      code: 'altool_flags', basis: 'reported', individual: half('part', 'stand_in_issuer'), file: KEYS_FOLDER, traps: ['file_name_matters'],
      lines: [['shell', 'terminal', 'xcrun altool --upload-app -f App.ipa -t ios --api-key ‹key_id› --api-issuer ‹issuer_id›', 'xcrun altool --upload-app -f App.ipa -t ios --api-key ‹key_id› --api-key-subject user --api-issuer ‹key_id›']],
    }],
  },
  {
    tool: 'xcodebuild', group: 'apple', jobs: ['cloud_signing', 'certificates'], least: 'ADMIN', source: ['Manual page of xcodebuild', 'https://keith.github.io/xcode-man-pages/xcodebuild.1.html'],
    forms: [{
      code: 'xcodebuild_flags', basis: 'reported', individual: half('no', 'closed_by_apple', 'reported', [TEAM]), file: {}, traps: ['absolute_path', 'signing_needs_admin'],
      lines: [['shell', 'build_script', 'xcodebuild -exportArchive -archivePath App.xcarchive -exportOptionsPlist ExportOptions.plist \\\n  -allowProvisioningUpdates -authenticationKeyPath ‹path› \\\n  -authenticationKeyID ‹key_id› -authenticationKeyIssuerID ‹issuer_id›', null]],
    }],
  },
  {
    tool: 'transporter', group: 'apple', jobs: ['upload_builds'], least: 'DEVELOPER', source: ['Manual page of altool', 'https://keith.github.io/xcode-man-pages/altool.1.html'],
    forms: [{
      code: 'transporter_flags', basis: 'reported', individual: half('unknown', 'not_tried', 'unknown', [TEAM, instead('altool', 'altool_flags')]), file: KEYS_FOLDER, traps: ['file_name_matters', 'home_folder_only'],
      lines: [['shell', 'terminal', 'xcrun iTMSTransporter -m upload -assetFile App.ipa -apiKey ‹key_id› -apiIssuer ‹issuer_id›', null]],
    }],
  },
  {
    tool: 'github_actions', group: 'build_services', jobs: PUBLISHING, least: 'ADMIN', source: ['GitHub: secrets in workflows', 'https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets'],
    forms: [
      {
        code: 'github_secrets', basis: 'reported', individual: RECENT, place: 'repository_secrets', traps: ['whole_file_in_base64', 'file_stays_on_runner', 'older_versions_refuse_individual'],
        settings: [['APP_STORE_CONNECT_KEY_ID', 'key_id'], ['APP_STORE_CONNECT_ISSUER_ID', 'issuer_id'], ['APP_STORE_CONNECT_PRIVATE_KEY', 'base64_pem']],
        lines: [['workflow', 'workflow_file', '- name: Upload\n  env:\n    APP_STORE_CONNECT_API_KEY_KEY_ID: ${{ vars.APP_STORE_CONNECT_KEY_ID }}\n    APP_STORE_CONNECT_API_KEY_ISSUER_ID: ${{ vars.APP_STORE_CONNECT_ISSUER_ID }}\n    APP_STORE_CONNECT_API_KEY_KEY: ${{ secrets.APP_STORE_CONNECT_PRIVATE_KEY }}\n    APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64: "true"\n  run: bundle exec fastlane beta']],
      },
      {
        code: 'github_apple_actions', basis: 'documented', individual: NO_ISSUER(instead('github_actions', 'github_secrets')), place: 'repository_secrets', traps: ['line_breaks_get_lost'],
        settings: [['APPSTORE_API_KEY_ID', 'key_id'], ['APPSTORE_ISSUER_ID', 'issuer_id'], ['APPSTORE_API_PRIVATE_KEY', 'pem']],
        lines: [['workflow', 'workflow_file', '- uses: apple-actions/upload-testflight-build@v3\n  with:\n    app-path: path/to/App.ipa\n    issuer-id: ${{ vars.APPSTORE_ISSUER_ID }}\n    api-key-id: ${{ vars.APPSTORE_API_KEY_ID }}\n    api-private-key: ${{ secrets.APPSTORE_API_PRIVATE_KEY }}', null]],
      },
    ],
  },
  {
    tool: 'xcode_cloud', group: 'build_services', jobs: ['testflight_notes', 'testflight_external', 'edit_metadata', 'submit_review'], least: 'APP_MANAGER', source: ['Apple: Xcode Cloud workflows and their secret variables', 'https://developer.apple.com/documentation/xcode/xcode-cloud-workflow-reference'],
    forms: [{ code: 'xcode_cloud_secrets', basis: 'derived', individual: half('yes', null, 'derived'), place: 'xcode_cloud_environment', traps: ['no_key_needed', 'whole_file_in_base64'], settings: [...ASC, ['ASC_PRIVATE_KEY_B64', 'base64_pem'], ['ASC_KEY_TYPE', '=individual', 'individual']] }],
  },
  {
    tool: 'codemagic', group: 'build_services', jobs: PUBLISHING, least: 'ADMIN', source: ['Codemagic: command line tools', 'https://github.com/codemagic-ci-cd/cli-tools'],
    forms: [{
      code: 'codemagic_variables', basis: 'documented', individual: NO_ISSUER(instead('fastlane', 'fastlane_env')), place: 'codemagic_group', traps: ['line_breaks_get_lost'],
      settings: [['APP_STORE_CONNECT_KEY_IDENTIFIER', 'key_id'], ['APP_STORE_CONNECT_ISSUER_ID', 'issuer_id'], ['APP_STORE_CONNECT_PRIVATE_KEY', 'pem']],
      lines: [['yaml', 'codemagic_yaml', 'publishing:\n  app_store_connect:\n    api_key: $APP_STORE_CONNECT_PRIVATE_KEY\n    key_id: $APP_STORE_CONNECT_KEY_IDENTIFIER\n    issuer_id: $APP_STORE_CONNECT_ISSUER_ID', null]],
    }],
  },
  {
    tool: 'bitrise', group: 'build_services', jobs: ['upload_builds', 'certificates'], least: 'ADMIN', source: ['Bitrise: Deploy to App Store Connect', 'https://github.com/bitrise-steplib/steps-deploy-to-itunesconnect-application-loader'],
    forms: [{
      code: 'bitrise_step', basis: 'documented', individual: NO_ISSUER(instead('fastlane', 'fastlane_env')), file: { place: 'dashboard' }, traps: ['file_name_matters'],
      lines: [['yaml', 'step_inputs', '- deploy-to-itunesconnect-application-loader:\n    inputs:\n    - connection: "off"\n    - api_key_path: $BITRISEIO_ASC_KEY_URL\n    - api_issuer: ‹issuer_id›', null]],
    }],
  },
  {
    tool: 'fastlane', group: 'build_tools', jobs: ['upload_builds', 'testflight_notes', 'testflight_internal', 'testflight_external', 'edit_metadata', 'submit_review', 'certificates', 'register_devices'], least: 'ADMIN',
    source: ['fastlane: App Store Connect API', 'https://docs.fastlane.tools/app-store-connect-api/'],
    forms: [
      { code: 'fastlane_env', basis: 'documented', individual: RECENT, place: 'build_environment', settings: FASTLANE, traps: ['whole_file_in_base64', 'duration_at_most_1140', 'provisioning_needs_team'], lines: [['ruby', 'fastfile', 'app_store_connect_api_key']] },
      {
        code: 'fastlane_json', basis: 'documented', individual: RECENT, place: 'build_environment', file: { name: 'app_store_connect_api_key.json' }, settings: [['APP_STORE_CONNECT_API_KEY_PATH', 'path']], traps: [...FASTLANE_TRAPS, 'enterprise_must_be_told'],
        lines: [['shell', 'terminal', 'fastlane pilot upload --api_key_path ‹path›']],
      },
      { code: 'fastlane_lane', basis: 'documented', individual: RECENT, file: {}, traps: FASTLANE_TRAPS, lines: [['ruby', 'fastfile', 'app_store_connect_api_key(\n  key_id: ‹key_id›,\n  issuer_id: ‹issuer_id›,\n  key_filepath: ‹path›\n)']] },
    ],
  },
  {
    tool: 'eas', group: 'build_tools', jobs: ['upload_builds'], least: 'DEVELOPER', source: ['Expo: eas-cli', 'https://github.com/expo/eas-cli'],
    forms: [{
      code: 'eas_profile', basis: 'documented', individual: NO_ISSUER(instead('altool', 'altool_flags')), file: {}, traps: ['commit_path_not_file'],
      lines: [['json', 'eas_json', '{\n  "submit": {\n    "production": {\n      "ios": {\n        "ascApiKeyPath": ‹path›,\n        "ascApiKeyId": ‹key_id›,\n        "ascApiKeyIssuerId": ‹issuer_id›\n      }\n    }\n  }\n}', null]],
    }],
  },
  {
    tool: 'tauri', group: 'build_tools', jobs: ['notarize'], least: 'DEVELOPER', source: ['Tauri: signing and notarizing for macOS', 'https://v2.tauri.app/distribute/sign/macos/'],
    forms: [{ code: 'tauri_env', basis: 'documented', individual: NO_ISSUER(instead('notarytool', 'notarytool_profile')), file: {}, place: 'build_environment', traps: ['api_key_means_id', 'agreement_is_no_key_fault'], settings: [['APPLE_API_KEY', 'key_id'], ['APPLE_API_ISSUER', 'issuer_id'], ['APPLE_API_KEY_PATH', 'path']] }],
  },
  {
    tool: 'rcodesign', group: 'build_tools', jobs: ['notarize'], least: 'DEVELOPER', source: ['apple-platform-rs: rcodesign', 'https://github.com/indygreg/apple-platform-rs'],
    forms: [{ code: 'rcodesign_json', basis: 'documented', individual: NO_ISSUER(instead('notarytool', 'notarytool_profile')), file: { name: 'app-store-connect-key.json', encoding: 'base64_der' }, traps: ['binary_in_base64', 'agreement_is_no_key_fault'], lines: [['shell', 'terminal', 'rcodesign notary-submit --api-key-file ‹path› --staple App.app', null]] }],
  },
  {
    tool: 'asc_cli', group: 'build_tools', jobs: ['upload_builds', 'testflight_notes', 'edit_metadata', 'submit_review', 'sales_reports'], least: 'ADMIN', source: ['asc: variables and profiles', 'https://github.com/rorkai/App-Store-Connect-CLI'],
    forms: [{ code: 'asc_env', basis: 'documented', individual: RECENT, place: 'build_environment', traps: ['whole_file_in_base64', 'older_versions_refuse_individual'], settings: [...ASC, ['ASC_PRIVATE_KEY_B64', 'base64_pem'], ['ASC_KEY_TYPE', '=individual', 'individual']] }],
  },
  {
    tool: 'aso_dev', group: 'services', jobs: ['aso_contractor', 'prices', 'in_app_purchases'], least: 'APP_MANAGER', source: ['ASO.dev: which key it asks for', 'https://aso.dev/app-store-connect/api-key-access-levels/'],
    forms: [{ code: 'aso_upload', basis: 'reported', individual: NO_ISSUER(), file: { place: 'dashboard' }, place: 'dashboard', traps: ['service_holds_key'], settings: [['Key ID', 'key_id'], ['Issuer ID', 'issuer_id']] }],
  },
  {
    tool: 'revenuecat', group: 'services', jobs: ['in_app_purchases'], least: 'APP_MANAGER', source: ['RevenueCat: App Store Connect API key', 'https://www.revenuecat.com/docs/service-credentials/itunesconnect-app-specific-shared-secret/app-store-connect-api-key-configuration'],
    forms: [{ code: 'revenuecat_upload', basis: 'reported', individual: NO_ISSUER(), file: { place: 'dashboard' }, place: 'dashboard', traps: ['two_kinds_of_key', 'service_holds_key'], settings: [['Key ID', 'key_id'], ['Issuer ID', 'issuer_id']] }],
  },
  {
    tool: 'env_file', group: 'anything', jobs: [], least: null, source: ['dotenv: how values are quoted', 'https://github.com/motdotla/dotenv'],
    forms: ([
      ['env_base64_pem', 'ASC_PRIVATE_KEY_B64', 'base64_pem', ['whole_file_in_base64', 'token_is_safer']],
      ['env_pem', 'ASC_PRIVATE_KEY', 'pem', ['line_breaks_get_lost', 'quotes_are_literal', 'token_is_safer']],
      ['env_pem_escaped', 'ASC_PRIVATE_KEY', 'pem_escaped', ['escapes_must_be_expanded', 'quotes_are_literal', 'token_is_safer']],
      ['env_base64_der', 'ASC_PRIVATE_KEY_DER_B64', 'base64_der', ['binary_in_base64', 'token_is_safer']],
    ] satisfies [string, string, Encoding, Trap[]][]).map(([code, name, encoding, traps]): Form => ({ code, basis: 'documented', individual: WORKS, place: 'env_file', settings: [...ASC, [name, encoding]], traps })),
  },
  {
    tool: 'container', group: 'anything', jobs: [], least: null, source: ['Docker: secrets in Compose', 'https://docs.docker.com/reference/compose-file/secrets/'],
    forms: [{
      code: 'compose_secret', basis: 'documented', individual: WORKS, file: {}, traps: ['stays_in_image', 'token_is_safer'],
      lines: [['compose', 'compose_file', 'services:\n  app:\n    environment:\n      ASC_KEY_ID: ‹key_id›\n      ASC_ISSUER_ID: ‹issuer_id›\n      ASC_PRIVATE_KEY_PATH: /run/secrets/asc_private_key\n    secrets:\n      - asc_private_key\nsecrets:\n  asc_private_key:\n    file: ‹path›'], ['shell', 'terminal', 'docker secret create asc_private_key - < ‹path›']],
    }],
  },
  {
    tool: 'key_file', group: 'anything', jobs: [], least: null, source: ['Apple: Generating tokens', 'https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests'],
    forms: [{ code: 'key_file', basis: 'documented', individual: WORKS, file: {}, traps: ['file_name_matters', 'token_is_safer'] }],
  },
];

const ENCODINGS = ['pem', 'pem_escaped', 'base64_pem', 'base64_der'];
const CHARACTERS: Record<Encoding, number> = { pem: 241, pem_escaped: 246, base64_pem: 324, base64_der: 184 };
const holdsKey = ([, value]: Setting) => ENCODINGS.includes(value);

function formView({ code, basis, individual, file, settings = [], place }: Form): FormView {
  const secrets = settings.filter(holdsKey).length;
  return { code, basis, individual, files: file ? 1 : 0, variables: settings.length - secrets, secrets, gh: place === 'repository_secrets' };
}

export function recipeViews(): RecipeView[] {
  return RECIPES.map(({ tool, group, jobs, forms, least, source: [title, url] }) => {
    const views = forms.map(formView);
    const source: SourceView = { title, url, basis: views[0]?.basis ?? 'unknown', date: '2026-10' };
    const order: Half[] = ['yes', 'part', 'disputed', 'unknown', 'no', 'never'];
    const individual = views.map((form) => form.individual).sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value))[0] ?? WORKS;
    return { tool, group, jobs, forms: views, individual, least, takes_token: group === 'anything', sources: [source] };
  });
}

export function formNamed(code: string): { recipe: Recipe; form: Form } | undefined {
  for (const recipe of RECIPES) {
    const form = recipe.forms.find((one) => one.code === code);
    if (form) return { recipe, form };
  }
  return undefined;
}

/** A form filled in for a key; `path` once a place was chosen. */
export function filledIn({ code, individual, file, settings = [], place, lines = [], traps }: Form, key: KeyView, path: string | null): HandoffSheet {
  const single = key.kind === 'individual';
  const slots: Record<string, string> = { key_id: key.key_id, issuer_id: key.issuer_id ?? '', path: path ?? '/path/to/file', name: 'AC_PASSWORD' };
  const shown = settings.filter(([, value, only]) => (only ?? key.kind) === key.kind && !(single && value === 'issuer_id'));
  const withoutIssuer = (text: string) => text.split('\n').filter((line) => !/issuer/i.test(line)).join('\n');
  const texts = lines.flatMap(([language, where, team, individually]) => {
    const text = single ? (individually === undefined ? withoutIssuer(team) : individually) : team;
    return text === null ? [] : [{ language, place: where, text: text.replace(/‹(\w+)›/g, (_, slot: string) => slots[slot] ?? '') }];
  });
  const files: HandoffFile[] = file ? [{ name: file.name ?? `AuthKey_${key.key_id}.p8`, encoding: file.encoding ?? 'pem', mode: 0o600, place: file.place ?? 'private_folder', folder: file.folder ?? null }] : [];
  return {
    form: code, files, settings_place: shown.length > 0 ? (place ?? 'build_environment') : null, env_file: settings.some(holdsKey), snippets: texts, traps, individual: single ? individual : null,
    settings: shown.map(([name, value]) => ({
      name, keep: ENCODINGS.includes(value) ? 'secret' : 'variable',
      value: ENCODINGS.includes(value) ? { is: 'hidden', encoding: value as Encoding, characters: CHARACTERS[value as Encoding] }
        : value === 'path' ? (path === null ? { is: 'path_open' } : { is: 'plain', text: path })
          : { is: 'plain', text: value.startsWith('=') ? value.slice(1) : (slots[value] ?? '') },
    })),
  };
}
