using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data;

// Found by `dotnet ef`. The commands that only look at the migrations need no server.
internal static class DesignTimeServer
{
    private const string Variable = "RAGSTUDIO_CONNECTION_STRING";

    public static DbContextOptions<TContext> OptionsFor<TContext>(Func<RagStudioDataOptions, RagStudioDatabase> choose)
        where TContext : DbContext
    {
        RagStudioPostgreSql.Register();
        var builder = new DbContextOptionsBuilder<TContext>();
        var options = new RagStudioDataOptions
        {
            Provider = DataProvider.PostgreSql,
            ConnectionString = Environment.GetEnvironmentVariable(Variable) ?? "Host=localhost;Database=rag_studio",
        };
        choose(options).Configure(builder);
        return builder.Options;
    }
}

internal sealed class AppMetaServerContextFactory : IDesignTimeDbContextFactory<AppMetaContext>
{
    public AppMetaContext CreateDbContext(string[] args) =>
        new(DesignTimeServer.OptionsFor<AppMetaContext>(RagStudioDatabase.AppMeta));
}

internal sealed class EventsServerContextFactory : IDesignTimeDbContextFactory<EventsContext>
{
    public EventsContext CreateDbContext(string[] args) =>
        new(DesignTimeServer.OptionsFor<EventsContext>(RagStudioDatabase.Events));
}
