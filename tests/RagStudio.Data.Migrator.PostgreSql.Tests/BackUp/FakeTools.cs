using System.Runtime.Versioning;

namespace RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

/// <summary>A folder with a script in place of pg_dump, which answers for its version and then does as it is told.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeTools : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FakeTools(string version, string script)
    {
        Write("pg_dump", $"[ \"$1\" = --version ] && {{ echo 'pg_dump (PostgreSQL) {version}'; exit; }}\n{script}");
        Write("pg_restore", "exit 1");
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string script)
    {
        var path = _folder.Combine(name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
