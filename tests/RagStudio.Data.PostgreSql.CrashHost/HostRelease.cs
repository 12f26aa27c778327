using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.PostgreSql;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>The releases of the program that is killed.</summary>
public static class HostRelease
{
    /// <summary>One migration in each database: a table with rows.</summary>
    public const string Old = "old";

    /// <summary>Two more in the first, of which one creates an index while others write, and one in the second.</summary>
    public const string New = "new";

    /// <summary>As <see cref="New"/>, in the first database alone.</summary>
    public const string First = "first";

    /// <summary>As <see cref="First"/>, with a rehearsal.</summary>
    public const string Rehearsed = "rehearsed";

    /// <summary>As <see cref="New"/>, and nobody else reads or writes meanwhile.</summary>
    public const string Exclusive = "exclusive";

    /// <summary>A migration of a minute, in one database.</summary>
    public const string Slow = "slow";

    /// <summary>A statement after the commit that nobody can repeat, in one database; <see cref="Partitioned"/> precedes it.</summary>
    public const string Detaching = "detaching";

    /// <summary>A table with a partition, in one database.</summary>
    public const string Partitioned = "partitioned";

    /// <summary>The table of the first database is dropped.</summary>
    public const string Gone = "gone";

    /// <summary>The rows of the first database.</summary>
    public const int Orders = 20_000;

    /// <summary>The rows of the second database.</summary>
    public const int Pieces = 100;

    public static void Add(
        MigratorBuilder builder,
        string release,
        IReadOnlyList<string> connectionStrings,
        Action<PostgreSqlDatabaseOptions>? options = null
    )
    {
        switch (release)
        {
            case Old:
                builder.AddPostgreSqlDatabase<OldOrders>("first", connectionStrings[0], options);
                builder.AddPostgreSqlDatabase<OldStock>("second", connectionStrings[1], options);
                break;
            case New:
                builder.AddPostgreSqlDatabase<NewOrders>("first", connectionStrings[0], options);
                builder.AddPostgreSqlDatabase<NewStock>("second", connectionStrings[1], options);
                break;
            case First or Rehearsed:
                builder.AddPostgreSqlDatabase<NewOrders>("first", connectionStrings[0], options);
                break;
            case Exclusive:
                Add(builder, New, connectionStrings, given => given.LockPolicy = LockPolicy.Exclusive);
                break;
            case Slow:
                builder.AddPostgreSqlDatabase<SlowOrders>("first", connectionStrings[0], options);
                break;
            case Partitioned:
                builder.AddPostgreSqlDatabase<PartitionedSales>("first", connectionStrings[0], options);
                break;
            case Detaching:
                builder.AddPostgreSqlDatabase<DetachedSales>("first", connectionStrings[0], options);
                break;
            case Gone:
                builder.AddPostgreSqlDatabase<GoneOrders>("first", connectionStrings[0], options);
                break;
            default:
                throw new ArgumentException($"There is no release '{release}'.", nameof(release));
        }
    }
}
