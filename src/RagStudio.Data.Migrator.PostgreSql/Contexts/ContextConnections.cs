using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>Configures connections as EF's provider does for its own.</summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "The extension of UseNpgsql has no other name. EF's minor version is fixed, and tests would tell."
)]
internal static class ContextConnections
{
    public static void Configure(DbContext context, NpgsqlDataSourceBuilder connections)
    {
        if (context.GetService<IDbContextOptions>().FindExtension<NpgsqlOptionsExtension>() is not { } options)
        {
            return;
        }

        foreach (var definition in options.EnumDefinitions)
        {
            var schema = definition.StoreTypeSchema is null ? "" : definition.StoreTypeSchema + ".";
            connections.MapEnum(definition.ClrType, schema + definition.StoreTypeName, definition.NameTranslator);
        }

        foreach (var plugin in context.GetService<IEnumerable<INpgsqlDataSourceConfigurationPlugin>>())
        {
            plugin.Configure(connections);
        }

        options.DataSourceBuilderAction?.Invoke(connections);
    }
}
