# Signs a program for Windows, if there is a certificate: CERTIFICATE is a PKCS #12 file in base64,
# PASSWORD is its password. Without one, the program stays as it is.
#
# usage: packaging/ci/sign.ps1 PROGRAM
param([Parameter(Mandatory)][string] $Program)
$ErrorActionPreference = 'Stop'

if (-not $env:CERTIFICATE) {
    Write-Output 'not signed: there is no certificate'
    exit 0
}
$file = Join-Path $env:RUNNER_TEMP 'certificate.pfx'
try {
    [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:CERTIFICATE))
    $tools = "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe"
    $tool = Get-ChildItem $tools | Sort-Object FullName | Select-Object -Last 1
    if (-not $tool) { throw 'the Windows SDK with signtool.exe is not installed' }
    & $tool.FullName sign /f $file /p $env:PASSWORD /fd sha256 /td sha256 `
        /tr http://timestamp.digicert.com /d autopilot-lint $Program
    if ($LASTEXITCODE -ne 0) { throw "signtool.exe: status $LASTEXITCODE" }
    & $tool.FullName verify /pa $Program
    if ($LASTEXITCODE -ne 0) { throw 'the signature is not valid' }
}
finally {
    Remove-Item $file -ErrorAction SilentlyContinue
}
