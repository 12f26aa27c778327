using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>This project references both providers: the EF provider of a context decides which of them guards it.</summary>
[TestFixture]
public sealed class BothProvidersTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task UseGuardedMigrations_guards_a_context_of_PostgreSQL(bool isProviderFirst)
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        await using var context = Create(builder => builder.UseNpgsql(database.ConnectionString), isProviderFirst);

        await context.Database.MigrateAsync();

        Assert.That(
            await database.ScalarAsync<long>("SELECT count(*) FROM __migrator_history WHERE event = 'Applied'"),
            Is.EqualTo(1)
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task UseGuardedMigrations_guards_a_context_of_SQLite(bool isProviderFirst)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("both.db");
        await using var context = Create(
            builder => builder.UseSqlite($"Data Source={file};Pooling=False"),
            isProviderFirst
        );
        var creator = context.GetService<IRelationalDatabaseCreator>().GetType().Name;

        await context.Database.MigrateAsync();

        var applied = context.Database.SqlQuery<int>(
            $"SELECT count(*) AS \"Value\" FROM \"__migrator_history\" WHERE \"event\" = 'Applied'"
        );
        Assert.Multiple(() =>
        {
            Assert.That(applied.Single(), Is.EqualTo(1));
            Assert.That(creator, Is.EqualTo("OpenDatabaseCreator"), "services are replaced whichever is named first");
        });
    }

    private static BothContext Create(Action<DbContextOptionsBuilder> use, bool isProviderFirst)
    {
        var builder = new DbContextOptionsBuilder<BothContext>();
        if (isProviderFirst)
        {
            use(builder);
            builder.UseGuardedMigrations();
        }
        else
        {
            builder.UseGuardedMigrations(configure: options => options.LockTimeout = TimeSpan.FromSeconds(20));
            use(builder);
        }
        return new BothContext(builder.Options);
    }

    private sealed class BothContext(DbContextOptions<BothContext> options) : DbContext(options);

    [DbContext(typeof(BothContext)), Migration("20260101000000_Create")]
    private sealed class Create20260101 : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.CreateTable("both", table => new { id = table.Column<int>() });

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("both");
    }
}
