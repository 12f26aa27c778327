using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>An application may configure its database's location a second time.</summary>
public sealed class OwnConnectionTests : ShopTest
{
    [Test]
    public async Task A_context_that_is_configured_with_a_connection_of_its_own_migrates_the_database_that_is_held()
    {
        var elsewhere = Path.Combine(Shop.Folder, "elsewhere.db");
        var manager = Shop.Manager(
            null,
            migrator =>
                migrator.AddSqliteDatabase<NotesContext>(
                    "shop",
                    $"Data Source={Shop.PathOf("shop")}",
                    options => options.ConfigureContext = builder => builder.UseSqlite($"Data Source={elsewhere}")
                )
        );

        await manager.MigrateAsync();

        Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Has.Count.EqualTo(2));
        Assert.That(File.Exists(elsewhere), Is.False);
    }

    [Test]
    public async Task A_context_that_opens_a_connection_in_OnConfiguring_migrates_the_database_that_is_held()
    {
        var manager = Shop.Manager<SelfConfiguredContext>();

        await manager.MigrateAsync();

        Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Has.Count.EqualTo(1));
        Assert.That(File.Exists("self-configured.db"), Is.False);
    }
}
