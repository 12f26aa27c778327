using Microsoft.EntityFrameworkCore;

namespace Notes;

internal sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Note>().HasIndex(note => note.Tag).IsCreatedConcurrently();
}
