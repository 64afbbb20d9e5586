/* A hand and an eye for the setup's windows, for tests under Wine: it reads what a page says and presses what it
 * offers, by the words on it. Where things lie on the screen does not matter, and neither does who has the focus.
 *
 *   hand read TITLE WORDS      waits until a window shows WORDS, then prints every text on it, one per line
 *   hand press TITLE LABEL     waits until a window offers LABEL and presses it
 *   hand wake ""               begins a desktop, if there is none
 *   hand plant NAME            puts a credential into Credential Manager
 *   hand planted NAME          exit code 0 when it is there
 *   hand about PROGRAM         prints what a program file tells about itself
 *
 * Without any of that it is a program that runs until its message is answered, and like Keyfolio it has a window that
 * nobody sees and that it cannot live without.
 *
 * In what is printed, "[x]" and "[ ]" stand before what can be ticked or chosen, and "(off)" before what cannot be
 * used. Exit code 1 when a wait was in vain: 60 seconds, for machines that do many things at once.
 */
#include <windows.h>
#include <wincred.h>
#include <shellapi.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define WAIT_MS 60000
#define STEP_MS 100

static BOOL pressing;
static const wchar_t *title, *words;
static HWND window, control;

static void text_of(HWND from, wchar_t *text, size_t length) {
    text[0] = 0;
    DWORD_PTR ignored;
    SendMessageTimeoutW(from, WM_GETTEXT, length, (LPARAM)text, SMTO_ABORTIFHUNG, 1000, &ignored);
}

/* A label as a person reads it: without the mark for the keyboard. */
static void unmarked(wchar_t *text) {
    wchar_t *to = text;
    for (wchar_t *from = text; *from; from++)
        if (*from != L'&') *to++ = *from;
    *to = 0;
}

static BOOL is_class(HWND of, const wchar_t *name) {
    wchar_t class[64];
    return GetClassNameW(of, class, 64) && !_wcsicmp(class, name);
}

static BOOL CALLBACK look_at_control(HWND at, LPARAM unused) {
    wchar_t text[2048];
    if (!IsWindowVisible(at)) return TRUE;
    text_of(at, text, 2048);
    unmarked(text);
    BOOL found = pressing ? is_class(at, L"Button") && IsWindowEnabled(at) && !wcscmp(text, words)
                          : wcsstr(text, words) != NULL;
    if (found) control = at;
    return !found;
}

static BOOL CALLBACK look_at_window(HWND at, LPARAM unused) {
    wchar_t text[256];
    if (!IsWindowVisible(at)) return TRUE;
    text_of(at, text, 256);
    /* A stopped setup adds to its title. */
    if (wcsncmp(text, title, wcslen(title))) return TRUE;
    if (!IsWindowEnabled(at)) return TRUE; /* behind a question of its own */
    EnumChildWindows(at, look_at_control, 0);
    if (control) window = at;
    return !control;
}

static BOOL found_in_time(void) {
    for (int waited = 0; waited < WAIT_MS; waited += STEP_MS) {
        EnumWindows(look_at_window, 0);
        if (window) return TRUE;
        Sleep(STEP_MS);
    }
    return FALSE;
}

static BOOL CALLBACK print_control(HWND at, LPARAM unused) {
    wchar_t text[2048];
    char utf8[8192];
    if (!IsWindowVisible(at)) return TRUE;
    text_of(at, text, 2048);
    unmarked(text);
    if (!text[0] || !WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof utf8, NULL, NULL)) return TRUE;
    LONG style = GetWindowLongW(at, GWL_STYLE), kind = style & BS_TYPEMASK;
    /* A picture's text is its number. */
    if (is_class(at, L"Static") && ((style & SS_TYPEMASK) == SS_ICON || (style & SS_TYPEMASK) == SS_BITMAP)) return TRUE;
    if (is_class(at, L"Button") && kind != BS_PUSHBUTTON && kind != BS_DEFPUSHBUTTON && kind != BS_GROUPBOX)
        printf(SendMessageW(at, BM_GETCHECK, 0, 0) == BST_CHECKED ? "[x] " : "[ ] ");
    printf("%s%s\n", IsWindowEnabled(at) ? "" : "(off) ", utf8);
    return TRUE;
}

static int plant(wchar_t *name) {
    CREDENTIALW credential = {0};
    credential.Type = CRED_TYPE_GENERIC;
    credential.TargetName = name;
    credential.UserName = L"test";
    credential.CredentialBlob = (LPBYTE) "test";
    credential.CredentialBlobSize = 4;
    credential.Persist = CRED_PERSIST_LOCAL_MACHINE;
    return !CredWriteW(&credential, 0);
}

static int planted(const wchar_t *name) {
    CREDENTIALW *credential;
    if (!CredReadW(name, CRED_TYPE_GENERIC, 0, &credential)) return 1;
    CredFree(credential);
    return 0;
}

static int about(const wchar_t *program) {
    static const wchar_t *names[] = {L"ProductName", L"ProductVersion", L"FileDescription", L"CompanyName", L"LegalCopyright"};
    DWORD ignored, size = GetFileVersionInfoSizeW(program, &ignored);
    void *all = size ? malloc(size) : NULL;
    if (!all || !GetFileVersionInfoW(program, 0, size, all)) return 1;
    struct { WORD language, codepage; } *translation;
    UINT length;
    if (!VerQueryValueW(all, L"\\VarFileInfo\\Translation", (void **)&translation, &length)) return 1;
    for (size_t name = 0; name < sizeof names / sizeof *names; name++) {
        wchar_t place[128], *value;
        char utf8[1024];
        swprintf(place, 128, L"\\StringFileInfo\\%04x%04x\\%ls", translation->language, translation->codepage, names[name]);
        if (!VerQueryValueW(all, place, (void **)&value, &length)) continue;
        WideCharToMultiByte(CP_UTF8, 0, value, -1, utf8, sizeof utf8, NULL, NULL);
        printf("%ls: %s\n", names[name], utf8);
    }
    return 0;
}

static int work(void) {
    HWND unseen = CreateWindowExW(WS_EX_TOOLWINDOW | WS_EX_NOACTIVATE | WS_EX_TRANSPARENT | WS_EX_LAYERED, L"Static", L"",
                                  WS_VISIBLE | WS_POPUP, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    MessageBoxW(NULL, L"Keyfolio is at work.", L"Keyfolio", MB_OK);
    if (!IsWindow(unseen)) Sleep(INFINITE);
    return 0;
}

int main(void) {
    int count;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    if (count == 1) return work();
    if (!arguments || count < 3) return 2;
    if (!wcscmp(arguments[1], L"wake")) return !GetDesktopWindow();
    if (!wcscmp(arguments[1], L"plant")) return plant(arguments[2]);
    if (!wcscmp(arguments[1], L"planted")) return planted(arguments[2]);
    if (!wcscmp(arguments[1], L"about")) return about(arguments[2]);
    if (count < 4) return 2;

    pressing = !wcscmp(arguments[1], L"press");
    title = arguments[2];
    words = arguments[3];
    if (!found_in_time()) return 1;
    /* Posted, because the press may open a question that answers only when it is closed. */
    if (pressing) return !PostMessageW(control, BM_CLICK, 0, 0);
    EnumChildWindows(window, print_control, 0);
    return 0;
}
