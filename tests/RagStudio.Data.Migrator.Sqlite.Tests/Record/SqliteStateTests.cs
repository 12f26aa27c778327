using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Record;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Record;

/// <summary>Tests the reads that a start makes of each database.</summary>
public sealed class SqliteStateTests : ShopTest
{
    [Test]
    public async Task TryRead_runs_six_statements_when_nothing_is_pending()
    {
        await Shop.Manager<FirstShopContext>().MigrateAsync();
        using var connection = Shop.Open();
        var statements = new List<string>();
        strdelegate_trace hear = (_, statement) => statements.Add(statement);
        raw.sqlite3_trace(connection.Handle, hear, null);

        var state = SqliteState.TryRead(connection.Handle!, Database, historyLimit: 0);

        raw.sqlite3_trace(connection.Handle, (strdelegate_trace?)null, null);
        Assert.That(statements, Has.Count.EqualTo(6), string.Join('\n', statements));
        Assert.That(state!.Cache.ProgramStamp, Is.Not.Null);
        Assert.That(state.Cache.Schema, Is.Not.Null);
        GC.KeepAlive(hear);
    }

    private ISqliteMigrationDatabase Database
    {
        get
        {
            var services = new ServiceCollection();
            services.AddMigrator().AddSqliteDatabase<FirstShopContext>("shop", $"Data Source={Shop.PathOf("shop")}");
            return (ISqliteMigrationDatabase)services.BuildServiceProvider().GetRequiredService<IMigrationDatabase>();
        }
    }
}
