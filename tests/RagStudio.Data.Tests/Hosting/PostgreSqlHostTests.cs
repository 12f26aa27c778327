using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Tests;

internal sealed class PostgreSqlHostTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_started_host_has_migrated_databases_and_working_stores(bool twoDatabases)
    {
        var server = await ServersOfTheRun.SharedAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var second = twoDatabases ? await server.CreateDatabaseAsync() : null;
        using var host = Host(database.ConnectionString, second?.ConnectionString);

        await host.StartAsync();
        var bases = host.Services.GetRequiredService<KnowledgeBaseRepository>();
        var created = await bases.CreateAsync(SampleData.KnowledgeBase());
        var events = host.Services.GetRequiredService<EventStore>();
        var version = await events.AppendAsync(
            new StreamId("knowledge_base", created.Id),
            [new NewEvent("created", $$"""{"kb_id":"{{created.Id}}"}""")]
        );
        var manager = host.Services.GetRequiredService<IMigrationManager>();
        var status = await manager.GetStatusAsync();
        var checks = await host.Services.GetRequiredService<DataValidator>().ValidateAsync();
        await host.StopAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(version, Is.EqualTo(1));
        Assert.That(checks.Reports.SelectMany(report => report.Errors), Is.Empty);
        const string Tables =
            "SELECT string_agg(schemaname || '.' || tablename, ' ' ORDER BY 1) FROM pg_tables WHERE tablename IN ('events', 'settings')";
        var inFirst = await database.ScalarAsync<string>(Tables);
        Assert.That(inFirst, Is.EqualTo(twoDatabases ? "app_meta.settings" : "app_meta.settings events.events"));
        Assert.That(
            second is null ? null : await second.ScalarAsync<string>(Tables),
            Is.EqualTo(twoDatabases ? "events.events" : null)
        );
    }

    [Test]
    public void A_host_without_a_connection_string_names_the_setting()
    {
        using var host = Host(connectionString: null, events: null);

        var failure = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.That(failure.Message, Is.EqualTo("RagStudio:Data:ConnectionString must have a value."));
    }

    [Test]
    public void A_connection_string_that_cannot_be_read_is_not_repeated()
    {
        var options = new RagStudioDataOptions
        {
            Provider = DataProvider.PostgreSql,
            ConnectionString = "Host=here;Port=secret",
        };
        RagStudioPostgreSql.Register();

        var failure = Assert.Throws<ArgumentException>(() => _ = RagStudioDatabase.AppMeta(options).ConnectionString);

        Assert.That(failure.ToString(), Does.Contain("cannot be read").And.Not.Contain("secret"));
    }

    private static IHost Host(string? connectionString, string? events)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([
            new("RagStudio:Data:Provider", "PostgreSql"),
            new("RagStudio:Data:ConnectionString", connectionString),
            new("RagStudio:Data:EventsConnectionString", events),
        ]);
        builder.Services.AddRagStudioPostgreSql().AddRagStudioData(builder.Configuration);
        return builder.Build();
    }
}
