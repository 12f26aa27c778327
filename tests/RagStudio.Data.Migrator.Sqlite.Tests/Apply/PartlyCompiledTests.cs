using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>A file of compiled migrations that leaves some of them to EF.</summary>
public sealed class PartlyCompiledTests : ShopTest
{
    private static readonly string[] All =
    [
        CreateMixed.Version,
        NoteMixed.Version,
        IndexMixed.Version,
        RestMixed.Version,
        FailMixed.Version,
    ];

    [TearDown]
    public void Mend() => FailMixed.Throws = false;

    [Test]
    public void What_is_another_migration_each_time_is_left_to_EF_by_name_and_the_others_are_compiled()
    {
        var compiled = CompiledMigrations.Read(new MemoryStream(CompiledAssembly.Of<MixedContext>().Content));

        Assert.Multiple(() =>
        {
            Assert.That(
                compiled.LeftToEF.Select(left => left.Version),
                Is.EqualTo(new[] { NoteMixed.Version, FailMixed.Version })
            );
            Assert.That(compiled.LeftToEF.Select(left => left.Reason), Has.All.Contains("each time"));
            Assert.That(
                compiled.Migrations.Select(migration => migration.Version),
                Is.EqualTo(All.Except(compiled.LeftToEF.Select(left => left.Version)))
            );
            Assert.That(compiled.Find(NoteMixed.Version), Is.Null);
            Assert.That(compiled.IsSameAs(CompiledMigrations.Read(new MemoryStream(compiled.ToJson()))));
        });
    }

    [Test]
    public async Task A_run_takes_what_is_compiled_and_has_EF_generate_the_rest_in_their_order()
    {
        using var expected = new Shop();
        await expected.Manager<MixedContext>().MigrateAsync();
        using var log = new RecordedLog();
        var seeded = new List<string>();
        var assembly = CompiledAssembly.Of<MixedContext>(text =>
            text.Replace("text || '3'", "text || '3' /* compiled */", StringComparison.Ordinal)
                .Replace("CREATE INDEX", "/* compiled */ CREATE INDEX", StringComparison.Ordinal)
        );
        var manager = Manager(
            assembly,
            log,
            options =>
                options.UseSeeding(
                    (context, _) => seeded.Add(string.Join(' ', context.Database.GetAppliedMigrations()))
                )
        );

        var summary = await manager.MigrateAsync();

        Assert.Multiple(async () =>
        {
            Assert.That(summary.Databases[0].Migrations.Select(done => done.Version), Is.EqualTo(All));
            Assert.That(Shop.Scalar<string>("SELECT text FROM mixed"), Is.EqualTo("1235"));
            Assert.That(Read(Shop), Is.EqualTo(Read(expected)));
            Assert.That(log.Lines.Select(line => line.Id.Id), Has.None.EqualTo(MigratorEventIds.CompiledNotUsed));
            Assert.That(seeded, Is.EqualTo(new[] { string.Join(' ', All) }), "Seeding runs once, after the last one.");
            Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(
                (await manager.GetHistoryAsync()).Where(line => line.Event == MigrationEvent.Applied),
                Has.Exactly(All.Length).Matches<MigrationRecord>(line => line.Checksum is { Length: 64 })
            );
        });
    }

    [Test]
    public async Task The_way_back_goes_over_both_kinds_too()
    {
        var manager = Manager(CompiledAssembly.Of<MixedContext>());
        await manager.MigrateAsync();

        var summary = await manager.RollbackToVersionAsync(CreateMixed.Version);

        Assert.That(summary.Databases[0].Migrations.Select(done => done.Version), Is.EqualTo(All[1..].Reverse()));
        Assert.That(Shop.Scalar<string>("SELECT text FROM mixed"), Is.EqualTo("1"));
        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
            Is.EqualTo(new[] { CreateMixed.Version })
        );
    }

    [Test]
    public async Task One_that_throws_when_its_turn_comes_fails_by_its_name_and_the_database_is_as_before()
    {
        var manager = Manager(CompiledAssembly.Of<MixedContext>());
        await manager.MigrateToVersionAsync(CreateMixed.Version);
        Shop.Execute("UPDATE mixed SET text = 'mine'");
        FailMixed.Throws = true;

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Version, Is.EqualTo(FailMixed.Version));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
            Assert.That(Shop.Scalar<string>("SELECT text FROM mixed"), Is.EqualTo("mine"));
        });
    }

    [Test]
    public async Task A_file_that_does_not_say_what_it_left_out_is_stale_as_it_always_was()
    {
        using var log = new RecordedLog();
        var assembly = CompiledAssembly.Of<MixedContext>(text =>
            text.Replace("\"leftToEF\"", "\"unknown\"", StringComparison.Ordinal)
        );

        await Manager(assembly, log).MigrateAsync();

        var warning = log.Lines.Single(line => line.Id.Id == MigratorEventIds.CompiledNotUsed);
        Assert.That(warning.Text, Does.Contain("added or removed"));
        Assert.That(Shop.Scalar<string>("SELECT text FROM mixed"), Is.EqualTo("1235"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_migration_that_does_nothing_both_ways_can_be_reverted(bool isCompiled)
    {
        var manager = Manager(isCompiled ? CompiledAssembly.Of<MixedContext>() : null);
        await manager.MigrateAsync();

        var summary = await manager.RollbackToVersionAsync(IndexMixed.Version);

        Assert.That(
            summary.Databases[0].Migrations.Select(done => done.Version),
            Is.EqualTo(new[] { FailMixed.Version, RestMixed.Version })
        );
    }

    [Test]
    public async Task One_without_a_Down_cannot_though_it_does_nothing()
    {
        var manager = Shop.Manager<OneWayContext>();
        await manager.MigrateAsync();

        var failure = Assert.ThrowsAsync<RollbackNotSupportedException>(() => manager.RollbackToVersionAsync("0"));

        Assert.That(failure!.Versions, Is.EqualTo(new[] { "20260101000000_OneWay" }));
    }

    private static IEnumerable<string> Read(Shop shop) =>
        shop.Column("SELECT replace(sql, '/* compiled */ ', '') FROM sqlite_master WHERE tbl_name = 'mixed' ORDER BY 1")
            .Concat(shop.Column("SELECT MigrationId || ProductVersion FROM __EFMigrationsHistory ORDER BY 1"));

    private IMigrationManager Manager(
        CompiledAssembly? assembly,
        RecordedLog? log = null,
        Action<DbContextOptionsBuilder>? configureContext = null
    )
    {
        var services = new ServiceCollection();
        if (log is not null)
        {
            services.AddLogging(logging => logging.AddProvider(log));
        }
        services
            .AddMigrator()
            .AddSqliteDatabase<MixedContext>(
                "shop",
                $"Data Source={Shop.PathOf("shop")}",
                options => (options.MigrationsAssembly, options.ConfigureContext) = (assembly, configureContext)
            );
        return services.BuildServiceProvider().GetRequiredService<IMigrationManager>();
    }
}
