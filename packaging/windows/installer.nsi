; The Windows setup that people double-click: Keyfolio for one user, without administrator rights.
;
; One script, made into a setup in two ways, and nothing in it asks which:
;   - on Debian, `cargo xtask package windows` fills in the names in double braces and calls makensis
;   - on Windows, the Tauri bundler does the same (tauri.windows.conf.json names this file as its template)
; A build with MinGW needs WebView2Loader.dll beside the program; its path then comes with -DLOADER=. Whose work is in
; the program stands in a text file, whose path comes in the environment: the bundler has no other way to pass it on.
;
; It refuses
;   - to touch what Windows opens .p8 files with: Keyfolio is offered under "Open with", and never made the default
;   - to end a running Keyfolio without being told to
;   - to replace a newer version, whose vault an older one may not understand
;   - to leave half a program: new files are written beside the old ones and take their place at the end
;   - to erase keys unless somebody chose that, on a page that says they cannot be had again. Silently, never
;   - to download anything

; Exit codes. 0 done, 1 cancelled by the user, 2 stopped by something unforeseen.
!define RUNNING 3
!define CANNOT_WRITE 4
!define NEWER_INSTALLED 5
!define WINDOWS_TOO_OLD 6

!define PRODUCT "{{product_name}}"
!define VERSION "{{version}}"
!define IDENTIFIER "{{bundle_id}}"
!define PUBLISHER "{{manufacturer}}"
!define PROGRAM "{{main_binary_name}}.exe"
!define PROGRAM_FILE "{{main_binary_path}}"
!define ICON "{{installer_icon}}"
!define PANEL "{{sidebar_image}}"
!define SIGN '{{uninstaller_sign_cmd}}'
!define LICENSES "$%KEYFOLIO_LICENSES%"
!if ! /FileExists "${LICENSES}"
  !error "KEYFOLIO_LICENSES names no file. `cargo xtask package` writes one and sets it."
!endif

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define APP_PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}"
!define APPLICATION_KEY "Software\Classes\Applications\${PROGRAM}"
!define P8_KEY "Software\Classes\.p8"
!define P8_PROGID "${PRODUCT}.p8"

; https://learn.microsoft.com/en-us/microsoft-edge/webview2/concepts/distribution#detect-if-a-webview2-runtime-is-already-installed
!define WEBVIEW2_CLIENT "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define WEBVIEW2_PAGE "https://developer.microsoft.com/microsoft-edge/webview2/"

Unicode true
Name "${PRODUCT}"
Caption "Set up ${PRODUCT}"
UninstallCaption "Uninstall ${PRODUCT}"
BrandingText "${PRODUCT} ${VERSION}"
OutFile "{{out_file}}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
SetDateSave off
; Not /SOLID: that would write everything to a temporary file first.
SetCompressor {{compression}}
ManifestDPIAware true
ManifestSupportedOS Win10
SetFont "Segoe UI" 9
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off

!if '${SIGN}' != ""
  !uninstfinalize '${SIGN}'
!endif

VIProductVersion "{{version_with_build}}"
VIAddVersionKey ProductName "${PRODUCT}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${PRODUCT} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "{{copyright}}"

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh
!include Integration.nsh

Var InstalledVersion ; what is there already, or empty
Var InstalledFolder
Var ProgramFolder ; where a program must be closed before going on
Var Copying ; 1 while files are written
Var WebView2Missing ; 1 when there is no WebView2
Var FinishText
Var Control ; window handles on their way from one line to the next
Var Font
Var Vault ; the folder with the user's keys, or empty
Var EraseChoice ; the three controls of the uninstaller's question
Var KeepChoice
Var EraseSure
Var Erase ; 1 when the answer is to erase

; --- Pages ---------------------------------------------------------------------------------------------------------

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PANEL}"
!define MUI_CUSTOMFUNCTION_GUIINIT KeepPicture

!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME_TEXT)"
!define MUI_PAGE_CUSTOMFUNCTION_SHOW ShowWelcome
!insertmacro MUI_PAGE_WELCOME

!define MUI_PAGE_HEADER_TEXT "$(FOLDER_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(FOLDER_SUBTITLE)"
!define MUI_DIRECTORYPAGE_TEXT_TOP "$(FOLDER_TEXT)"
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "Folder"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenInstalled
!insertmacro MUI_PAGE_DIRECTORY

!define MUI_PAGE_HEADER_TEXT "$(INSTALLING_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(INSTALLING_SUBTITLE)"
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "$(STOPPED_TITLE)"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "$(STOPPED_SUBTITLE)"
!insertmacro MUI_PAGE_INSTFILES
!undef MUI_INSTFILESPAGE_ABORTHEADER_TEXT
!undef MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT

!define MUI_FINISHPAGE_TITLE "$(FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$FinishText"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION RunProgram
!define MUI_FINISHPAGE_RUN_TEXT "&Run ${PRODUCT}"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION OpenWebView2Page
!define MUI_FINISHPAGE_SHOWREADME_TEXT "&Open Microsoft's page in the browser"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_PAGE_CUSTOMFUNCTION_PRE BeforeFinish
!define MUI_PAGE_CUSTOMFUNCTION_SHOW ShowFinish
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.ShowQuestion un.TakeAnswer

!define MUI_PAGE_HEADER_TEXT "$(UNINSTALLING_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(UNINSTALLING_SUBTITLE)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(UNINSTALLED_TITLE)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "$FinishText"
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "$(NOT_UNINSTALLED_TITLE)"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "$(NOT_UNINSTALLED_SUBTITLE)"
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"

; --- Words: what happened, what is safe, what to do ----------------------------------------------------------------

!define PARAGRAPH "$\r$\n$\r$\n"

LangString WELCOME_TITLE ${LANG_ENGLISH} "Set up ${PRODUCT}"
LangString WELCOME_TEXT ${LANG_ENGLISH} "The desktop home of your App Store Connect API keys.${PARAGRAPH}${PRODUCT} ${VERSION} is installed for you alone: it needs no administrator rights and stays inside your account."
LangString UPDATE_TITLE ${LANG_ENGLISH} "Update ${PRODUCT}"
LangString UPDATE_TEXT ${LANG_ENGLISH} "Version $InstalledVersion is installed. Setup replaces it with ${VERSION}.${PARAGRAPH}Your keys stay as they are, sealed in your account."
LangString AGAIN_TITLE ${LANG_ENGLISH} "Repair ${PRODUCT}"
LangString AGAIN_TEXT ${LANG_ENGLISH} "Version ${VERSION} is installed already. Setup puts its files in place again.${PARAGRAPH}Your keys stay as they are, sealed in your account."
LangString FOLDER_TITLE ${LANG_ENGLISH} "Choose a folder"
LangString FOLDER_SUBTITLE ${LANG_ENGLISH} "The suggested one suits nearly everybody."
LangString FOLDER_TEXT ${LANG_ENGLISH} "The program goes here. Your keys are kept apart from it, so they outlive updates and uninstalling."
LangString INSTALLING_TITLE ${LANG_ENGLISH} "Installing"
LangString INSTALLING_SUBTITLE ${LANG_ENGLISH} "This takes a few seconds."
LangString STOPPED_TITLE ${LANG_ENGLISH} "${PRODUCT} was not installed"
LangString STOPPED_SUBTITLE ${LANG_ENGLISH} "What was there before is unchanged."
LangString FINISH_TITLE ${LANG_ENGLISH} "${PRODUCT} is installed"
LangString FINISH_TEXT ${LANG_ENGLISH} "Find it in the Start menu, or under $\"Open with$\" for any .p8 file.${PARAGRAPH}What opens .p8 files by default was not changed."
LangString FINISH_WITHOUT_WEBVIEW2 ${LANG_ENGLISH} "One thing is missing: Microsoft Edge WebView2, which draws its window. Windows 11 brings it along; Windows 10 may lack it.${PARAGRAPH}Nothing was downloaded. Microsoft's page offers the $\"Evergreen Bootstrapper$\" for free. Run ${PRODUCT} after that."

LangString UNINSTALL_TITLE ${LANG_ENGLISH} "Uninstall ${PRODUCT}"
LangString UNINSTALL_SUBTITLE ${LANG_ENGLISH} "The program is removed from your account."
LangString NO_VAULT ${LANG_ENGLISH} "You have no keys in ${PRODUCT}. Nothing of it will be left."
LangString QUESTION ${LANG_ENGLISH} "What should happen to your keys?"
LangString KEEP ${LANG_ENGLISH} "&Keep them"
LangString KEEP_TEXT ${LANG_ENGLISH} "They stay in your account, sealed. Install ${PRODUCT} again, and they are there."
LangString ERASE ${LANG_ENGLISH} "&Erase them"
LangString ERASE_TEXT ${LANG_ENGLISH} "Apple lets you download a private key only once. An erased key cannot be downloaded again: without a copy elsewhere, you have to revoke it and make a new one."
LangString ERASE_SURE ${LANG_ENGLISH} "I &understand that my keys cannot be downloaded again"
LangString UNINSTALLING_TITLE ${LANG_ENGLISH} "Uninstalling"
LangString UNINSTALLING_SUBTITLE ${LANG_ENGLISH} "This takes a moment."
LangString UNINSTALLED_TITLE ${LANG_ENGLISH} "${PRODUCT} is uninstalled"
LangString UNINSTALLED_CLEAN ${LANG_ENGLISH} "Nothing of it is left in your account."
LangString UNINSTALLED_KEPT ${LANG_ENGLISH} "Your keys are kept, sealed. Install ${PRODUCT} again, and they are there."
LangString UNINSTALLED_ERASED ${LANG_ENGLISH} "Your keys were erased with it."
LangString UNINSTALLED_PARTLY ${LANG_ENGLISH} "Some of your keys' files are still there."
LangString NOT_ERASED ${LANG_ENGLISH} "${PRODUCT} is uninstalled, but some of your keys' files could not be erased: another program is using them.${PARAGRAPH}What is left is sealed. To be rid of it, delete this folder:$\r$\n$Vault"
LangString NOT_UNINSTALLED_TITLE ${LANG_ENGLISH} "${PRODUCT} was not uninstalled"
LangString NOT_UNINSTALLED_SUBTITLE ${LANG_ENGLISH} "It is still there and works. Your keys were not touched."

LangString OLD_WINDOWS ${LANG_ENGLISH} "${PRODUCT} needs Windows 10 or 11, 64-bit. Nothing was changed on this PC."
LangString NEWER ${LANG_ENGLISH} "${PRODUCT} $InstalledVersion is installed, which is newer than ${VERSION}. Nothing was changed.${PARAGRAPH}Your keys are safe. An older version may not be able to read them; to install ${VERSION} all the same, uninstall ${PRODUCT} first."
LangString CLOSE_FIRST ${LANG_ENGLISH} "${PRODUCT} is open, and cannot be replaced or removed while it is. Your keys are safe.${PARAGRAPH}Finish what you are doing in it. Then choose OK to close it and go on, or Cancel to stop here with nothing changed."
LangString STILL_OPEN ${LANG_ENGLISH} "${PRODUCT} is still open. Nothing was changed, and your keys are safe.${PARAGRAPH}Close it yourself and choose Retry, or choose Cancel to stop here."
LangString NO_WRITING ${LANG_ENGLISH} "Setup could not write to this folder: it is full or protected.${PARAGRAPH}$INSTDIR${PARAGRAPH}What was there before is unchanged. Make room or start setup again and choose another folder."
LangString NO_REMOVING ${LANG_ENGLISH} "The program could not be deleted. Your keys are safe.${PARAGRAPH}$INSTDIR\${PROGRAM}${PARAGRAPH}Another program may be using the file. Try again after restarting Windows."

; --- Shared by setup and uninstaller -------------------------------------------------------------------------------

; Ends here, with a code for scripts and a sentence for people.
!macro Stop CODE SENTENCE
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  Abort
!macroend

; UN is empty, or "un." for the copies that the uninstaller must have of its own.
!macro Closing UN
  ; Is the program in $ProgramFolder running? $0 is 1 if so: Windows then lets nobody write to its file.
  Function ${UN}IsRunning
    System::Call 'kernel32::CreateFileW(w "$ProgramFolder\${PROGRAM}", i 0xC0000000, i 0, p 0, i 3, i 0x80, p 0) p .r1 ?e'
    Pop $0
    ${If} $1 != -1
      System::Call 'kernel32::CloseHandle(p r1)'
      StrCpy $0 0
    ${ElseIf} $0 = 32 ; ERROR_SHARING_VIOLATION
      StrCpy $0 1
    ${Else}
      StrCpy $0 0
    ${EndIf}
  FunctionEnd

  ; Presses the close button of each window of that program. It has other windows too, which nobody sees and
  ; which it cannot live without.
  Function ${UN}CloseWindows
    StrCpy $2 0
    ${Do}
      System::Call 'user32::FindWindowExW(p 0, p r2, p 0, p 0) p .r2'
      ${If} $2 = 0
        ${Break}
      ${EndIf}
      System::Call 'user32::GetWindowLongW(p r2, i -16) i .r3' ; GWL_STYLE
      IntOp $3 $3 & 0x10C80000 ; WS_VISIBLE, WS_CAPTION, WS_SYSMENU
      ${If} $3 <> 0x10C80000
        ${Continue}
      ${EndIf}
      System::Call 'user32::GetWindowThreadProcessId(p r2, *i .r3)'
      System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r3) p .r4' ; PROCESS_QUERY_LIMITED_INFORMATION
      System::Call 'kernel32::QueryFullProcessImageNameW(p r4, i 0, w .r5, *i ${NSIS_MAX_STRLEN})'
      System::Call 'kernel32::CloseHandle(p r4)'
      ${If} $5 == "$ProgramFolder\${PROGRAM}"
        System::Call 'user32::PostMessageW(p r2, i 0x10, p 0, p 0)' ; WM_CLOSE
      ${EndIf}
    ${Loop}
  FunctionEnd

  ; Goes on only when the program is closed. Silently there is nobody to ask.
  Function ${UN}AskToClose
    Call ${UN}IsRunning
    ${If} $0 = 0
      Return
    ${EndIf}
    MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "$(CLOSE_FIRST)" /SD IDCANCEL IDOK close
    Goto stop
    close:
    Call ${UN}CloseWindows
    ${For} $6 1 40
      Sleep 250
      Call ${UN}IsRunning
      ${If} $0 = 0
        Return
      ${EndIf}
    ${Next}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY close
    stop:
    SetErrorLevel ${RUNNING}
    Abort
  FunctionEnd
!macroend
!insertmacro Closing ""
!insertmacro Closing "un."

!macro DeleteProgram FOLDER
  Delete "${FOLDER}\${PROGRAM}"
  Delete "${FOLDER}\WebView2Loader.dll"
  Delete "${FOLDER}\licenses.txt"
  Delete "${FOLDER}\uninstall.exe"
  RMDir "${FOLDER}"
!macroend

; --- Setup ---------------------------------------------------------------------------------------------------------

Function .onInit
  SetShellVarContext current
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro Stop ${WINDOWS_TOO_OLD} "$(OLD_WINDOWS)"
  ${EndIf}

  ReadRegStr $InstalledVersion HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $InstalledFolder HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $InstalledVersion != ""
    ; Only the numbers count: 1.2.0-rc.1 and 1.2.0 may replace each other.
    ${WordFind} "$InstalledVersion" "-" "+1{" $0
    ${WordFind} "${VERSION}" "-" "+1{" $1
    ${VersionCompare} "$0" "$1" $2
    ${If} $2 = 1
      !insertmacro Stop ${NEWER_INSTALLED} "$(NEWER)"
    ${EndIf}
  ${EndIf}

  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW2_CLIENT}" "pv"
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\${WEBVIEW2_CLIENT}" "pv"
  ${EndIf}
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    StrCpy $WebView2Missing 1
  ${EndIf}
FunctionEnd

Function KeepPicture
  InitPluginsDir
  File "/oname=$PLUGINSDIR\picture.ico" "${ICON}"
FunctionEnd

; The icon in the middle of the coloured panel, in whatever size this screen makes of it: a bitmap would be blurred.
!macro ShowPicture PAGE
  System::Call '*(i 0, i 0, i 109, i 60) p .r1' ; the panel's width and the picture's side, in dialog units
  System::Call 'user32::MapDialogRect(p ${PAGE}, p r1)'
  System::Call '*$1(i, i, i .r2, i .r3)'
  System::Free $1
  IntOp $4 $2 - $3
  IntOp $4 $4 / 2
  ${NSD_CreateIcon} 0 0 0 0 ""
  Pop $Control
  SetCtlColors $Control "" "EEECFD"
  System::Call 'user32::SetWindowPos(p $Control, p 0, i r4, i r4, i r3, i r3, i 0x10)' ; above the panel
  System::Call 'comctl32::LoadIconWithScaleDown(p 0, w "$PLUGINSDIR\picture.ico", i r3, i r3, *p .r5)'
  SendMessage $Control 0x170 $5 0 ; STM_SETICON
!macroend

Function ShowWelcome
  !insertmacro ShowPicture $mui.WelcomePage
  ${If} $InstalledVersion == ""
    Return
  ${EndIf}
  ${If} $InstalledVersion == "${VERSION}"
    SendMessage $mui.WelcomePage.Title ${WM_SETTEXT} 0 "STR:$(AGAIN_TITLE)"
    SendMessage $mui.WelcomePage.Text ${WM_SETTEXT} 0 "STR:$(AGAIN_TEXT)"
    SendMessage $mui.Button.Next ${WM_SETTEXT} 0 "STR:&Repair"
  ${Else}
    SendMessage $mui.WelcomePage.Title ${WM_SETTEXT} 0 "STR:$(UPDATE_TITLE)"
    SendMessage $mui.WelcomePage.Text ${WM_SETTEXT} 0 "STR:$(UPDATE_TEXT)"
    SendMessage $mui.Button.Next ${WM_SETTEXT} 0 "STR:&Update"
  ${EndIf}
FunctionEnd

; An update goes where the program is.
Function SkipWhenInstalled
  ${If} $InstalledVersion != ""
    Abort
  ${EndIf}
FunctionEnd

Section "${PRODUCT}" MainSection
  StrCpy $ProgramFolder "$INSTDIR"
  Call AskToClose
  ${If} $InstalledFolder != ""
    StrCpy $ProgramFolder "$InstalledFolder"
    Call AskToClose
  ${EndIf}
  SetDetailsPrint none

  ; New files beside the old ones first: a full disk must not cost a working program.
  StrCpy $Copying 1
  ClearErrors
  SetOutPath "$INSTDIR"
  SetOverwrite try
  File "/oname=${PROGRAM}.new" "${PROGRAM_FILE}"
  !ifdef LOADER
    File "/oname=WebView2Loader.dll.new" "${LOADER}"
  !endif
  File "/oname=licenses.txt.new" "${LICENSES}"
  WriteUninstaller "$INSTDIR\uninstall.exe.new"
  ${If} ${Errors}
    !insertmacro Stop ${CANNOT_WRITE} "$(NO_WRITING)"
  ${EndIf}
  !macro TakePlace NAME
    Delete "$INSTDIR\${NAME}"
    Rename "$INSTDIR\${NAME}.new" "$INSTDIR\${NAME}"
  !macroend
  !insertmacro TakePlace "${PROGRAM}"
  !ifdef LOADER
    !insertmacro TakePlace "WebView2Loader.dll"
  !endif
  !insertmacro TakePlace "licenses.txt"
  !insertmacro TakePlace "uninstall.exe"
  ${If} ${Errors}
    !insertmacro Stop ${CANNOT_WRITE} "$(NO_WRITING)"
  ${EndIf}
  StrCpy $Copying 0

  ; Somebody named another folder on the command line: the program has moved.
  ${If} $InstalledFolder != ""
  ${AndIf} $InstalledFolder != $INSTDIR
    !insertmacro DeleteProgram "$InstalledFolder"
  ${EndIf}

  ; Windows lets nobody delete the folder a program was started in, so the shortcut starts it in the user's own.
  SetOutPath "$PROFILE"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "{{short_description}}"

  ; "Open with" for .p8 files. The key's own value, which names the default, stays as it is.
  ; https://learn.microsoft.com/en-us/windows/win32/shell/fa-file-types
  WriteRegStr HKCU "Software\Classes\${P8_PROGID}" "" "Private key (.p8)"
  WriteRegStr HKCU "Software\Classes\${P8_PROGID}\DefaultIcon" "" '"$INSTDIR\${PROGRAM}",0'
  WriteRegStr HKCU "Software\Classes\${P8_PROGID}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${P8_KEY}\OpenWithProgids" "${P8_PROGID}" ""
  WriteRegStr HKCU "${APPLICATION_KEY}" "FriendlyAppName" "${PRODUCT}"
  WriteRegStr HKCU "${APPLICATION_KEY}\SupportedTypes" ".p8" ""
  WriteRegStr HKCU "${APPLICATION_KEY}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${APP_PATHS_KEY}" "" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${APP_PATHS_KEY}" "Path" "$INSTDIR"
  ${NotifyShell_AssocChanged}

  ; What "Installed apps" shows.
  ; https://learn.microsoft.com/en-us/windows/win32/msi/uninstall-registry-key
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  SectionGetSize ${MainSection} $0
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Function .onInstFailed
  ${If} $Copying = 1
    SetErrorLevel ${CANNOT_WRITE}
  ${EndIf}
  Delete "$INSTDIR\${PROGRAM}.new"
  Delete "$INSTDIR\WebView2Loader.dll.new"
  Delete "$INSTDIR\licenses.txt.new"
  Delete "$INSTDIR\uninstall.exe.new"
  RMDir "$INSTDIR"
FunctionEnd

Function BeforeFinish
  StrCpy $FinishText "$(FINISH_TEXT)"
  ${If} $WebView2Missing = 1
    StrCpy $FinishText "$(FINISH_WITHOUT_WEBVIEW2)"
  ${EndIf}
FunctionEnd

; Without WebView2 the next thing to do is to get it; with it, there is nothing to get.
Function ShowFinish
  !insertmacro ShowPicture $mui.FinishPage
  ${If} $WebView2Missing = 1
    SendMessage $mui.FinishPage.Run ${BM_SETCHECK} ${BST_UNCHECKED} 0
    ShowWindow $mui.FinishPage.Run ${SW_HIDE}
  ${Else}
    SendMessage $mui.FinishPage.ShowReadme ${BM_SETCHECK} ${BST_UNCHECKED} 0
    ShowWindow $mui.FinishPage.ShowReadme ${SW_HIDE}
  ${EndIf}
FunctionEnd

Function RunProgram
  SetOutPath "$PROFILE"
  Exec '"$INSTDIR\${PROGRAM}"'
FunctionEnd

Function OpenWebView2Page
  ExecShell open "${WEBVIEW2_PAGE}"
FunctionEnd

; --- Uninstaller ---------------------------------------------------------------------------------------------------

Function un.onInit
  SetShellVarContext current
  ${If} ${FileExists} "$LOCALAPPDATA\${IDENTIFIER}\vault\*.*"
    StrCpy $Vault "$LOCALAPPDATA\${IDENTIFIER}\vault"
  ${EndIf}
FunctionEnd

Function un.ShowQuestion
  !insertmacro MUI_HEADER_TEXT "$(UNINSTALL_TITLE)" "$(UNINSTALL_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $Control
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:&Uninstall"
  ${If} $Vault == ""
    ${NSD_CreateLabel} 0 0 100% 24u "$(NO_VAULT)"
    Pop $Control
    nsDialogs::Show
    Return
  ${EndIf}

  CreateFont $Font "Segoe UI" 9 600
  ${NSD_CreateLabel} 0 0 100% 11u "$(QUESTION)"
  Pop $Control
  SendMessage $Control ${WM_SETFONT} $Font 1
  ${NSD_CreateFirstRadioButton} 0 17u 100% 11u "$(KEEP)"
  Pop $KeepChoice
  ${NSD_Check} $KeepChoice
  ${NSD_OnClick} $KeepChoice un.Chosen
  ${NSD_CreateLabel} 12u 29u -12u 20u "$(KEEP_TEXT)"
  Pop $Control
  ${NSD_CreateAdditionalRadioButton} 0 55u 100% 11u "$(ERASE)"
  Pop $EraseChoice
  ${NSD_OnClick} $EraseChoice un.Chosen
  ${NSD_CreateLabel} 12u 67u -12u 30u "$(ERASE_TEXT)"
  Pop $Control
  ${NSD_CreateCheckBox} 12u 100u -12u 11u "$(ERASE_SURE)"
  Pop $EraseSure
  ${NSD_OnClick} $EraseSure un.Chosen
  EnableWindow $EraseSure 0
  ${NSD_SetFocus} $KeepChoice
  nsDialogs::Show
FunctionEnd

; Erasing needs both: the choice, and the tick beneath it.
Function un.Chosen
  Pop $Control
  ${NSD_GetState} $EraseChoice $0
  EnableWindow $EraseSure $0
  ${If} $0 = ${BST_UNCHECKED}
    ${NSD_Uncheck} $EraseSure
  ${EndIf}
  ${NSD_GetState} $EraseSure $1
  GetDlgItem $2 $HWNDPARENT 1
  ${If} $0 = ${BST_CHECKED}
  ${AndIf} $1 = ${BST_UNCHECKED}
    EnableWindow $2 0
  ${Else}
    EnableWindow $2 1
  ${EndIf}
FunctionEnd

Function un.TakeAnswer
  ${If} $Vault != ""
    ${NSD_GetState} $EraseChoice $0
    ${NSD_GetState} $EraseSure $1
    ${If} $0 = ${BST_CHECKED}
    ${AndIf} $1 = ${BST_CHECKED}
      StrCpy $Erase 1
    ${EndIf}
  ${EndIf}
FunctionEnd

; The vault's key lies in Credential Manager, as `vault-<id>.<identifier>`: without the vault it opens nothing.
Function un.EraseCredentials
  System::Call 'advapi32::CredEnumerateW(w "vault-*", i 0, *i .r1, *p .r2) i .r0'
  ${If} $0 = 0
    Return
  ${EndIf}
  StrLen $6 ".${IDENTIFIER}"
  IntOp $1 $1 - 1
  ${For} $3 0 $1
    IntOp $4 $3 * ${NSIS_PTR_SIZE}
    IntPtrOp $4 $4 + $2
    System::Call '*$4(p .r4)'
    System::Call '*$4(i, i .r0, w .r5)' ; CREDENTIALW: flags, type, target name
    StrCpy $7 $5 "" -$6
    ${If} $7 == ".${IDENTIFIER}"
      System::Call 'advapi32::CredDeleteW(w r5, i r0, i 0)'
    ${EndIf}
  ${Next}
  System::Call 'advapi32::CredFree(p r2)'
FunctionEnd

Section "Uninstall"
  StrCpy $ProgramFolder "$INSTDIR"
  Call un.AskToClose
  SetDetailsPrint none
  ClearErrors
  Delete "$INSTDIR\${PROGRAM}"
  ${If} ${Errors}
    !insertmacro Stop ${CANNOT_WRITE} "$(NO_REMOVING)"
  ${EndIf}
  !insertmacro DeleteProgram "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"

  DeleteRegKey HKCU "Software\Classes\${P8_PROGID}"
  DeleteRegValue HKCU "${P8_KEY}\OpenWithProgids" "${P8_PROGID}"
  DeleteRegKey /ifempty HKCU "${P8_KEY}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${P8_KEY}"
  DeleteRegKey HKCU "${APPLICATION_KEY}"
  DeleteRegKey HKCU "${APP_PATHS_KEY}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${NotifyShell_AssocChanged}

  ; WebView2's folder holds nothing the user made.
  RMDir /r "$LOCALAPPDATA\${IDENTIFIER}\EBWebView"
  StrCpy $FinishText "$(UNINSTALLED_CLEAN)"
  ${If} $Vault != ""
    StrCpy $FinishText "$(UNINSTALLED_KEPT)"
    ${If} $Erase = 1
      StrCpy $FinishText "$(UNINSTALLED_ERASED)"
      ClearErrors
      RMDir /r "$Vault"
      ${If} ${FileExists} "$Vault\*.*"
        StrCpy $FinishText "$(UNINSTALLED_PARTLY)"
        MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_ERASED)" /SD IDOK
      ${EndIf}
      Call un.EraseCredentials
    ${EndIf}
  ${EndIf}
  RMDir "$LOCALAPPDATA\${IDENTIFIER}"
SectionEnd
