; SPDX-License-Identifier: GPL-3.0-or-later
; The installer for Windows. From the repository's root:
;   makensis /DVERSION=0.1.0 /DFOLDER=build\package\tinywright /DOUT=dist\x.exe packaging\windows\tinywright.nsi
; For this user alone, so that no administrator is needed; /S installs silently.
Unicode true
!include "MUI2.nsh"

Name "Tinywright"
OutFile "..\..\${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Tinywright"
InstallDirRegKey HKCU "Software\Tinywright" "Folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!define MUI_ICON "..\..\resources\icons\app\tinywright.ico"
!define MUI_UNICON "..\..\resources\icons\app\tinywright.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\tinywright.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tinywright"
!define PROJECT "Tinywright.Project"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!insertmacro MUI_PAGE_LICENSE "..\..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Korean"

; What opens which file has changed (SHCNE_ASSOCCHANGED).
!macro TELL_EXPLORER
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  ; An older version's files must not stay among the new ones.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "..\..\${FOLDER}\*"
  CreateShortcut "$SMPROGRAMS\Tinywright.lnk" "$INSTDIR\tinywright.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Tinywright" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Tinywright"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\tinywright.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  ; Projects in one file open on a double click.
  WriteRegStr HKCU "Software\Classes\.tinywright" "" "${PROJECT}"
  WriteRegStr HKCU "Software\Classes\${PROJECT}" "" "Tinywright project"
  WriteRegStr HKCU "Software\Classes\${PROJECT}\DefaultIcon" "" "$INSTDIR\tinywright.exe,0"
  WriteRegStr HKCU "Software\Classes\${PROJECT}\shell\open\command" "" '"$INSTDIR\tinywright.exe" open "%1"'
  !insertmacro TELL_EXPLORER
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\Tinywright.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\tinywright.exe"
  Delete "$INSTDIR\tinywright-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Tinywright"
  DeleteRegKey HKCU "Software\Classes\.tinywright"
  DeleteRegKey HKCU "Software\Classes\${PROJECT}"
  !insertmacro TELL_EXPLORER
SectionEnd
