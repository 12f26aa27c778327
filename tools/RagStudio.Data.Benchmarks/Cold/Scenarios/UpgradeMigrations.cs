using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>Upgrades a database that EF alone has made: the first run of the migrator on it.</summary>
/// <param name="applied">The number of migrations that EF has applied.</param>
/// <param name="pending">The number of migrations that every program applies.</param>
internal sealed class UpgradeMigrations(int applied, int pending) : ColdScenario
{
    private const int MigrationsPerTable = 4;

    private int All => applied + pending;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"upgrade-{All}");

    public override string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{applied} of {All} migrations applied by EF, 5,000 rows, {pending} pending, a new process; the status and the start that finds nothing pending: all applied by EF"
        );

    public override bool IsLong => All > 100;

    public override IReadOnlyList<ColdTarget> Targets { get; } =
        applied < 325
            ? []
            :
            [
                new(Programs.Ours, Programs.EF, 1.25),
                new(Programs.OursRehearsed, Programs.EF, 2.2),
                new(Programs.OursCompiled, Programs.EF, 0.35),
                new(Programs.OursStatus, Programs.OursUpToDate, 1.5),
            ];

    public override int Runs(bool quick) => quick ? 3 : 5;

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var folder = databases.NewFolder(Name);
        var (context, compiled, _) = await GeneratedAssemblies.WriteAsync(
            Engine.Sqlite,
            All,
            folder,
            MigrationsPerTable
        );
        var (before, current) = (await NewDatabaseAsync(applied), await NewDatabaseAsync(All));
        var schemas = new SchemaComparison();
        return
        [
            ColdChild.Self(Programs.Empty, Child.Empty),
            Upgrade(Programs.EF, Child.EFGenerated, context),
            Upgrade(Programs.Ours, Child.OursUpgrade, context, "Never"),
            Upgrade(Programs.OursRehearsed, Child.OursUpgrade, context, "Always"),
            Upgrade(Programs.OursCompiled, Child.OursUpgrade, compiled, "Never"),
            ColdChild.Self(
                Programs.OursUpToDate,
                Child.OursGenerated,
                ChildDatabases.ConnectionString(current),
                compiled
            ),
            ColdChild.Self(Programs.OursStatus, Child.OursStatus, ChildDatabases.ConnectionString(current), compiled),
        ];

        async Task<string> NewDatabaseAsync(int migrations)
        {
            var number = migrations.ToString(CultureInfo.InvariantCulture);
            var file = Path.Combine(folder, $"applied-{number}.db");
            await ChildProcess.TimeAsync(
                ColdChild.Self("EF", Child.EFUpTo, ChildDatabases.ConnectionString(file), context, number)
            );
            return file;
        }

        ColdChild Upgrade(string name, string role, string assembly, params IEnumerable<string> options)
        {
            var own = Path.Combine(folder, name);
            var file = Path.Combine(own, "upgraded.db");
            return ColdChild.Self(name, role, [ChildDatabases.ConnectionString(file), assembly, .. options]) with
            {
                RefreshAsync = () => CopyAsync(before, own, file),
                Check = () => schemas.ExpectSame(file),
            };
        }
    }

    private static Task CopyAsync(string source, string folder, string file)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        File.Copy(source, file);
        return Task.CompletedTask;
    }
}
