using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>The databases that are copied, in the tests and in the program that is killed.</summary>
public static class CopyHost
{
    /// <summary>The migrator of two files in a folder, or of a database of a server.</summary>
    public static IMigrationManager Manager(string place) =>
        MigratorFactory.Create(
            builder =>
            {
                if (Directory.Exists(place))
                {
                    builder
                        .AddSqliteDatabase<ThingContext>("things", $"Data Source={Path.Combine(place, "things.db")}")
                        .AddSqliteDatabase<LogContext>("log", $"Data Source={Path.Combine(place, "log.db")}");
                }
                else
                {
                    var places = place.Split('|');
                    builder
                        .AddPostgreSqlDatabase<ThingContext>("things", places[0])
                        .AddPostgreSqlDatabase<LogContext>("log", places[^1]);
                }
            },
            new MigrationOptions { LockTimeout = TimeSpan.FromSeconds(10) }
        );

    public static IDatabaseCopy Copy(string from, string to, CopyOptions? options = null) =>
        MigratorFactory.CreateCopy(Manager(from), Manager(to), options);

    /// <summary>Copies in this process, and kills it at a point: the number of those that it has come to, or a name.</summary>
    public static Task RunAsync(string from, string to, string killAt)
    {
        var count = 0;
        RunPoints.Watch(Reach);
        return Copy(from, to).CopyAsync(new CopyWatcher(step => Reach($"{step.Phase} {step.Check}")));

        void Reach(string name)
        {
            Console.WriteLine(name);
            if (killAt == name || killAt == Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture))
            {
                // SIGKILL: nothing is flushed, no finally runs.
                System.Diagnostics.Process.GetCurrentProcess().Kill();
            }
        }
    }
}
