using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>Runs one migration on a database of gigabytes.</summary>
internal sealed class LargeDatabase<TContext>(string name, int megabytes, IReadOnlyList<ColdTarget> targets)
    : ColdScenario
    where TContext : LargeContext
{
    public override string Name => name;

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"one migration of {typeof(TContext).Name}, {megabytes:N0} MB");

    public override bool IsLong => true;

    public override IReadOnlyList<ColdTarget> Targets => targets;

    public override int Runs(bool quick) => quick ? 3 : 5;

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var folder = databases.NewFolder(Name);
        var template = Path.Combine(folder, "template.db");
        await WriteAsync(template);
        return
        [
            ColdChild.Self(Programs.Empty, Child.Empty),
            New(
                Programs.CopyAndFlush,
                file => new("", "/bin/sh", ["-c", $"cp '{file}' '{file}.copy' && sync '{file}.copy'"])
            ),
            New(Programs.EF, file => ColdChild.Self("", Child.Large, Programs.EF, typeof(TContext).Name, file)),
            New(Programs.Ours, file => ColdChild.Self("", Child.Large, Programs.Ours, typeof(TContext).Name, file)),
            New(
                Programs.OursRollback,
                file => ColdChild.Self("", Child.Large, Programs.OursRollback, typeof(TContext).Name, file),
                file =>
                    ChildProcess.TimeAsync(ColdChild.Self("", Child.Large, Programs.EF, typeof(TContext).Name, file))
            ),
        ];

        ColdChild New(string program, Func<string, ColdChild> childOf, Func<string, Task>? finishAsync = null)
        {
            var own = Path.Combine(folder, "own");
            var file = Path.Combine(own, "large.db");
            return childOf(file) with
            {
                Name = program,
                RefreshAsync = async () =>
                {
                    if (Directory.Exists(own))
                    {
                        Directory.Delete(own, recursive: true);
                    }
                    Directory.CreateDirectory(own);
                    File.Copy(template, file);
                    if (finishAsync is not null)
                    {
                        await finishAsync(file);
                    }
                    // What was written before would be flushed on the program's time.
                    await Process.Start("sync").WaitForExitAsync();
                },
            };
        }
    }

    /// <summary>Writes the database of the first migration: half in texts, half in parts of a kilobyte.</summary>
    private async Task WriteAsync(string file)
    {
        var connection = ChildDatabases.ConnectionString(file);
        var options = new DbContextOptionsBuilder<TContext>().UseSqlite(connection).Options;
        await using (var context = (TContext)Activator.CreateInstance(typeof(TContext), options)!)
        {
            await context.GetService<IMigrator>().MigrateAsync(CreateLarge.Version);
        }
        using var data = ChildDatabases.OpenInWal(file);
        var texts = megabytes * 1_000_000L / 2 / LargeText;
        ChildDatabases.Execute(
            data,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA synchronous = OFF;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {texts})
                INSERT INTO texts SELECT i, hex(randomblob({LargeText / 2 - 20})) FROM n;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {megabytes
                    * 1_000_000L
                    / 2
                    / LargePart})
                INSERT INTO parts SELECT i, i % {texts} + 1, 0, hex(randomblob({LargePart / 2 - 20})) FROM n;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
                INSERT INTO settings SELECT i, 'name ' || i FROM n;
                PRAGMA wal_checkpoint(TRUNCATE);
                """
            )
        );
    }

    private const int LargeText = 4000;
    private const int LargePart = 1000;
}
