using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.PostgreSql;

namespace RagStudio.Data.Cli;

/// <summary>Databases on PostgreSQL servers. Nothing of it is loaded for contexts on SQLite.</summary>
internal sealed class PostgreSqlApplicationProvider : IApplicationProvider
{
    public string EFProvider => "Npgsql.EntityFrameworkCore.PostgreSQL";

    public string Title => "PostgreSQL";

    public string AnnotationPrefix => "Npgsql:";

    public string Example => "Host=SERVER;Database=NAME";

    public bool HasKeyword(string keyword) => new NpgsqlConnectionStringBuilder().ContainsKey(keyword);

    public bool KeepsPassword(RelationalOptionsExtension options) => options.ConnectionString is not null;

    public void Use(DbContextOptionsBuilder builder, string connectionString) => builder.UseNpgsql(connectionString);

    public ApplicationDatabase Locate(string connectionString, string folder, ContextType context) =>
        Read(connectionString, context).Host is null
            ? throw CommandException.Usage(
                $"the connection string of {context.Type.FullName} names no server: it must look like \"{Example}\"."
            )
            : new ApplicationDatabase(this, connectionString, File: null);

    public void Add<TContext>(ApplicationContext context, MigratorBuilder migrator)
        where TContext : DbContext =>
        migrator.AddPostgreSqlDatabase<TContext>(
            context.Name,
            context.Database.ConnectionString,
            options =>
            {
                var configured = RelationalOptionsExtension.Extract(context.Options);
                options.MigrationsAssembly = context.MigrationsAssembly;
                options.MigrationsHistoryTable =
                    configured.MigrationsHistoryTableName ?? options.MigrationsHistoryTable;
                options.MigrationsHistorySchema = configured.MigrationsHistoryTableSchema;
                options.UnkeptLoss = PolicyOf(context.UnkeptLoss);
                options.ConfigureContext = context.Configure;
                options.CreateContext = context.Create;
            }
        );

    private static UnkeptLossPolicy PolicyOf(string? name) =>
        name is null
            ? UnkeptLossPolicy.Refuse
            : Enum.Parse<UnkeptLossPolicy>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    // The message does not repeat the connection string, and neither may its cause, which --debug would show.
    private NpgsqlConnectionStringBuilder Read(string connectionString, ContextType context)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception error)
            when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw CommandException.Usage(
                $"the connection string of {context.Type.FullName} cannot be read: it must look like \"{Example}\"."
            );
        }
    }
}
