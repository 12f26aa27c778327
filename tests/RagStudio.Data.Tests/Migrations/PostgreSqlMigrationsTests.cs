using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Tests;

internal sealed class PostgreSqlMigrationsTests() : DatabaseTests(DataProvider.PostgreSql)
{
    [Test]
    public void Migrations_describe_the_whole_model()
    {
        using var appMeta = Data.AppMeta.CreateDbContext();
        using var events = Data.Events.CreateDbContext();

        Assert.That(appMeta.Database.HasPendingModelChanges(), Is.False);
        Assert.That(events.Database.HasPendingModelChanges(), Is.False);
    }

    [TestCase("app_meta")]
    [TestCase("events")]
    public async Task The_file_that_is_checked_in_is_current(string name)
    {
        await using var services = new ServiceCollection()
            .AddRagStudioData(options =>
                (options.Provider, options.ConnectionString) = (DataProvider.PostgreSql, Data.Options.ConnectionString)
            )
            .BuildServiceProvider();
        var database = services.GetServices<IMigrationDatabase>().Single(one => one.Name == name);

        Assert.That(
            database.FindCompiled()?.IsSameAs(database.Compile()),
            Is.True,
            "Run: efmigrations.ps1 compile -Provider PostgreSql"
        );
    }

    [Test]
    public async Task EF_alone_takes_everything_back_and_makes_it_again()
    {
        const string Objects = """
            SELECT (SELECT count(*) FROM pg_tables WHERE schemaname IN ('app_meta', 'events') AND tablename !~ '^__')
                + (SELECT count(*) FROM pg_proc WHERE pronamespace = 'events'::regnamespace)
            """;
        var before = await Server.Database.ScalarAsync<long>(Objects);
        using var appMeta = Data.AppMeta.CreateDbContext();
        using var events = Data.Events.CreateDbContext();
        foreach (DbContext context in new DbContext[] { appMeta, events })
        {
            await EFMigrator.Create(context).MigrateAsync("0");
        }
        Assert.That(await Server.Database.ScalarAsync<long>(Objects), Is.Zero);

        foreach (DbContext context in new DbContext[] { appMeta, events })
        {
            await EFMigrator.Create(context).MigrateAsync();
        }

        Assert.That(await Server.Database.ScalarAsync<long>(Objects), Is.EqualTo(before));
        Assert.That(Data.CountInAppMeta("settings"), Is.EqualTo(4));
    }
}
