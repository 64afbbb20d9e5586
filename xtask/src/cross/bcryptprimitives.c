/* For tests under Wine 8 only, never shipped: ProcessPrng by way of RtlGenRandom, which that Wine has.
 * https://learn.microsoft.com/windows/win32/seccng/processprng
 * https://learn.microsoft.com/windows/win32/api/ntsecapi/nf-ntsecapi-rtlgenrandom */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) {
    while (length > 0) {
        ULONG portion = length > 0x10000000 ? 0x10000000 : (ULONG)length;
        if (!RtlGenRandom(bytes, portion)) return FALSE;
        bytes += portion;
        length -= portion;
    }
    return TRUE;
}
