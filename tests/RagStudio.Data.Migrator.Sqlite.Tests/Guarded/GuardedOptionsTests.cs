using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.Sqlite.Contexts;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>A run of a set creates no context if it knows that the context's options add nothing to it.</summary>
public sealed class GuardedOptionsTests
{
    [Test]
    public void UseGuardedMigrations_adds_nothing_to_a_run()
    {
        var options = new DbContextOptionsBuilder<ShopContext>()
            .UseSqlite("Data Source=shop.db")
            .UseGuardedMigrations("shop", migration => migration.DryRun = true)
            .Options;

        Assert.That(ContextOptionsInspector.ParticipatesInRun(options), Is.False);
        Assert.That(ContextOptionsInspector.MayChangeHistory(options, "__EFMigrationsHistory"), Is.False);
    }
}
