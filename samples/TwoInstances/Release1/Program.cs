using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notes;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContextFactory<NotesContext>(options =>
    options.UseNpgsql(
        builder.Configuration.GetConnectionString("Notes"),
        // The requests below may be repeated: whoever has no answer sends the same id again.
        npgsql => npgsql.EnableRetryOnFailure()
    )
);
builder.Services.AddMigrator().AddPostgreSqlDatabase<NotesContext>("notes").MigrateOnStartup();

// Served while the other instance is upgraded already: see docs/on-a-server.md, "Rolling upgrades".
builder.Services.AddHealthChecks().AddMigrationCheck(newer: HealthStatus.Degraded);

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapPut(
    "/notes/{id:guid}",
    async (Guid id, IDbContextFactory<NotesContext> contexts, HttpRequest request) =>
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        await using var context = await contexts.CreateDbContextAsync();
        // Once, however often it is sent: after a failover nobody knows which of the last statements were committed.
        await context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Notes" ("Id", "Text") VALUES ({id}, {text}) ON CONFLICT ("Id") DO NOTHING"""
        );
        return Results.NoContent();
    }
);
await app.RunAsync();
