using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

/// <summary>A restore of two databases of one server, killed at each border of the swap of their names.</summary>
public sealed class RestoreKillTests
{
    /// <summary>
    /// The statements at which the program is killed: databases are created to verify the backup and then for the restore;
    /// the old ones are renamed first, then the new ones.
    /// </summary>
    private static readonly object[][] Borders =
    [
        ["CREATE DATABASE", 4, true],
        ["RENAME", 3, true],
        ["COMMIT", 1, true],
        ["COMMIT", 1, false],
        .. Rounds.AreFull ? MoreBorders : [],
    ];

    private static object[][] MoreBorders =>
        [
            ["CREATE DATABASE", 1, true],
            ["COMMENT ON DATABASE", 5, true],
            ["ALTER DATABASE", 1, true],
            ["RENAME", 1, true],
            ["RENAME", 2, true],
            ["RENAME", 4, true],
        ];

    private readonly TemporaryFolder _folder = new();
    private ShopPair _pair = null!;
    private string _set = null!;

    /// <summary>Each test leaves the databases as they are in it.</summary>
    [OneTimeSetUp]
    public async Task Make_a_backup()
    {
        _pair = await ShopPair.CreateAsync();
        _set = (await Manager().Backups.CreateAsync())!.Id;
    }

    [OneTimeTearDown]
    public async Task Remove_it()
    {
        await (_pair?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [TestCaseSource(nameof(Borders)), Category(Figure.Category)]
    public async Task A_kill_leaves_all_databases_as_they_were_or_restored(string statement, int number, bool isBefore)
    {
        await using var replaced = new ReplacedDatabases(_pair.First.Database, _pair.Second.Database);
        await SpoilAsync();
        await using var proxy = new CuttingProxy(_pair.First.Database.Server);
        var at = proxy.On(Nth(statement, number), isBefore ? Fault.Hold : Fault.HalfOpenAfterForwarding);
        using var host = await HostProcess.StartRestoreAsync(
            _folder.Path,
            _set,
            proxy.Through(_pair.First.Database.SuperuserConnectionString),
            proxy.Through(_pair.Second.Database.SuperuserConnectionString)
        );

        await at.HappenedAsync();
        if (!isBefore)
        {
            await Condition.HoldsAsync("the names are swapped", async () => (await ReplacedAsync(_pair.Second)).Any());
        }
        await host.KillAsync();
        // The system closes the connections of a dead process, but the proxy still holds the statement.
        await proxy.ResetAsync();

        // Any program works at once, with both databases at the same state.
        Assert.That(await SpoiltAsync(), Is.EqualTo(isBefore ? (1, 1) : (0, 0)));
        await Manager().RestoreAsync(_set);
        Assert.That(await SpoiltAsync(), Is.EqualTo((0, 0)));
        Assert.That((await Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        foreach (var shop in new[] { _pair.First, _pair.Second })
        {
            var others = await DumpedShop.OthersAsync(shop.Database);
            Assert.That(others, Has.Length.EqualTo(isBefore ? 1 : 2).And.All.Contains("__replaced_"));
        }
    }

    private IMigrationManager Manager() =>
        _pair.First.Manager(
            migrator =>
                HostRelease.Add(
                    migrator,
                    HostRelease.Old,
                    [_pair.First.Database.SuperuserConnectionString, _pair.Second.Database.SuperuserConnectionString]
                ),
            options => options.BackupDirectory = _folder.Path
        );

    private async Task SpoilAsync()
    {
        await _pair.First.Database.ExecuteAsync("UPDATE orders SET name = 'spoilt' WHERE id = 1");
        await _pair.Second.Database.ExecuteAsync("INSERT INTO stock VALUES (-1)");
    }

    private async Task<(long First, long Second)> SpoiltAsync() =>
        (
            await _pair.First.CountAsync("orders WHERE name = 'spoilt'"),
            await _pair.Second.CountAsync("stock WHERE id < 0")
        );

    private static async Task<IEnumerable<string>> ReplacedAsync(ShopDatabase shop) =>
        (await DumpedShop.OthersAsync(shop.Database)).Where(name =>
            name.Contains("__replaced_", StringComparison.Ordinal)
        );

    /// <summary>Picks a statement by its number; the COMMIT is that which follows all renaming.</summary>
    private static Predicate<string> Nth(string statement, int number)
    {
        var (seen, renamed) = (0, 0);
        return text =>
        {
            renamed += IsRename(text) ? 1 : 0;
            var isIt = statement switch
            {
                "RENAME" => IsRename(text),
                "COMMIT" => renamed == 4 && CuttingProxy.IsCommit(text),
                _ => text.StartsWith(statement, StringComparison.Ordinal),
            };
            return isIt && ++seen == number;
        };
    }

    private static bool IsRename(string text) => text.Contains(" RENAME TO ", StringComparison.Ordinal);
}
