# What guard.sh does, on Windows. $env:GUARD_PLACE: the place of the folder.
$ErrorActionPreference = 'Stop'
$folder = Join-Path $env:GUARD_PLACE ('ragstudio-pg-' + [Guid]::NewGuid().ToString('N').Substring(0, 8))
New-Item -ItemType Directory -Path $folder | Out-Null
[Console]::Out.WriteLine($folder)
[Console]::In.ReadToEnd() | Out-Null
Get-CimInstance Win32_Process |
    Where-Object { $_.Name -in 'initdb.exe', 'pg_ctl.exe', 'postgres.exe' -and "$($_.CommandLine)".Contains($folder) } |
    ForEach-Object { Stop-Process -Id $_.ProcessId -Force -ErrorAction SilentlyContinue }
# The servers' children end by themselves and hold files until then.
for ($try = 0; $true; $try++) {
    try { Remove-Item -Recurse -Force $folder; break } catch { if ($try -ge 100) { throw } else { Start-Sleep -Milliseconds 50 } }
}
