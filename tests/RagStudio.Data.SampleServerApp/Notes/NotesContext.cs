using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleServerApp.Notes;

/// <summary>Configures itself: by a naming convention, which renames the columns of EF's history too, and a seeder.</summary>
public sealed class NotesContext : DbContext
{
    private readonly string _connectionString = "Host=db.invalid;Database=notes";
    private readonly Action<DbContextOptionsBuilder>? _configure;

    public NotesContext() { }

    public NotesContext(string connectionString, Action<DbContextOptionsBuilder>? configure = null) =>
        (_connectionString, _configure) = (connectionString, configure);

    public DbSet<Note> Notes => Set<Note>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        optionsBuilder
            .UseNpgsql(_connectionString)
            .UseSnakeCaseNamingConvention()
            .UseSeeding((context, _) => Seed(context))
            .UseAsyncSeeding(
                (context, _, _) =>
                {
                    Seed(context);
                    return Task.CompletedTask;
                }
            );
        _configure?.Invoke(optionsBuilder);
    }

    private static void Seed(DbContext context)
    {
        if (!context.Set<Note>().Any())
        {
            context.Set<Note>().Add(new Note { LongText = "seeded" });
            context.SaveChanges();
        }
    }
}
