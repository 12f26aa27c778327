using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>Tests which models of migrations are built when EF applies them.</summary>
public sealed class ModelTests : ShopTest
{
    [Test]
    public async Task A_model_is_built_only_where_the_commands_of_a_migration_depend_on_it()
    {
        ModelsContext.Built.Clear();

        await Shop.Manager<ModelsContext>().MigrateAsync();

        Assert.That(
            ModelsContext.Built,
            Is.EqualTo(
                new[]
                {
                    // for reverting the second one
                    nameof(CreateThings),
                    nameof(AddCode),
                    nameof(IndexName),
                    nameof(RenameIndex),
                }
            )
        );
    }

    [Test]
    public async Task A_rehearsal_the_run_and_the_replay_share_what_EF_generates()
    {
        using (var context = NewContext(Shop))
        {
            await context.GetService<IMigrator>().MigrateAsync(nameof(CreateThings));
        }
        ModelsContext.Built.Clear();

        await Shop.Manager<ModelsContext>(options => options.RehearseBeforeMigrate = RehearsalPolicy.Always)
            .MigrateAsync();

        Assert.That(
            ModelsContext.Built,
            Is.EquivalentTo(new[] { nameof(CreateThings), nameof(AddCode), nameof(IndexName), nameof(RenameIndex) })
        );
    }

    [Test]
    public async Task The_tables_and_the_rows_are_those_that_EFs_own_migrator_makes_and_leaves()
    {
        using var other = new Shop();
        using var context = NewContext(other);
        await context.Database.MigrateAsync();

        await Shop.Manager<ModelsContext>().MigrateAsync();

        Assert.That(Made(Shop), Is.EqualTo(Made(other)).And.Not.Empty);
        Array.ForEach([Shop, other], shop => shop.Execute("INSERT INTO things VALUES (2, 'two', 'noted', 'second')"));
        await context.GetService<IMigrator>().MigrateAsync(AddNote.Version);
        await Shop.Manager<ModelsContext>().RollbackToVersionAsync(AddNote.Version);
        Assert.That(Made(Shop), Is.EqualTo(Made(other)).And.Not.Empty);
    }

    [Test]
    public async Task The_way_back_that_the_history_has_is_the_one_that_EF_generates()
    {
        using var other = new Shop();
        using var context = NewContext(other);
        await Shop.Manager<ModelsContext>().MigrateAsync();

        var history = await Shop.Manager<ModelsContext>().GetHistoryAsync();

        var migrations = context.GetService<IMigrationsAssembly>().Migrations.Keys.Order().Prepend("0").ToArray();
        foreach (var (previous, version) in migrations.Zip(migrations.Skip(1)))
        {
            var script = context
                .GetService<IMigrator>()
                .GenerateScript(version, previous, MigrationsSqlGenerationOptions.NoTransactions);
            var recorded = history.Single(record => record.Version == version).RollbackSql;
            Assert.That(Lines(recorded!), Is.EqualTo(Lines(script)), version);
        }
    }

    [Test]
    public async Task A_checksum_is_that_of_the_migration_as_it_is_written_though_EF_changes_its_operations()
    {
        using var compiled = new Shop(isCompiled: true);
        await compiled.Manager<ModelsContext>().MigrateAsync();

        await Shop.Manager<ModelsContext>().MigrateAsync();

        Assert.That(await ChecksumsAsync(Shop), Is.EqualTo(await ChecksumsAsync(compiled)).And.Not.Empty);
        var status = await Shop.Manager<ModelsContext>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task A_generator_of_the_application_is_given_models_that_are_built()
    {
        InquisitiveGenerator.Models.Clear();
        var manager = Shop.Manager(
            null,
            migrator =>
                migrator.AddSqliteDatabase<ModelsContext>(
                    "shop",
                    $"Data Source={Shop.PathOf("shop")}",
                    database =>
                        database.ConfigureContext = builder =>
                            builder.ReplaceService<IMigrationsSqlGenerator, InquisitiveGenerator>()
                )
        );

        await manager.MigrateAsync();

        Assert.That(InquisitiveGenerator.Models, Has.Some.InstanceOf<IConventionModel>());
        Assert.That(InquisitiveGenerator.Models, Has.All.Null.Or.InstanceOf<IConventionModel>());
    }

    private static ModelsContext NewContext(Shop shop) =>
        new(new DbContextOptionsBuilder<ModelsContext>().UseSqlite($"Data Source={shop.PathOf("shop")}").Options);

    private static IReadOnlyList<string> Made(Shop shop) =>
        [
            .. shop.Column(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('things', 'parts') ORDER BY name"
            ),
            .. shop.Column("SELECT quote(id) || quote(name) || quote(note) FROM things"),
        ];

    private static string[] Lines(string sql) =>
        sql.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<IEnumerable<string?>> ChecksumsAsync(Shop shop) =>
        (await shop.Manager<ModelsContext>().GetHistoryAsync()).Select(record => record.Checksum);
}
