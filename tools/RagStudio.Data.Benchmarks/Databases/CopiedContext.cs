using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>Tables in the shape of RAG Studio's events and chunks, for SQLite and PostgreSQL.</summary>
public sealed class CopiedContext(DbContextOptions<CopiedContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CopiedEvent>(entity =>
        {
            entity.ToTable("events");
            entity.HasIndex(one => one.EventId).IsUnique();
            entity.HasIndex(one => new { one.AggregateId, one.SequenceNumber }).IsUnique();
        });
        modelBuilder.Entity<CopiedDocument>().ToTable("documents");
        modelBuilder.Entity<CopiedChunk>(entity =>
        {
            entity.ToTable("document_chunks");
            entity.HasOne<CopiedDocument>().WithMany().HasForeignKey(one => one.DocumentId);
            entity.HasIndex(one => new { one.DocumentId, one.ChunkIndex }).IsUnique();
        });
    }
}

public sealed record CopiedEvent(
    long Id,
    string EventId,
    string EventType,
    string AggregateId,
    int SequenceNumber,
    string EventData,
    string? Metadata,
    string Timestamp,
    string Checksum
);

public sealed record CopiedDocument(string Id, string Title);

public sealed record CopiedChunk(
    string Id,
    string DocumentId,
    int ChunkIndex,
    string Content,
    string ContentHash,
    DateTimeOffset CreatedAt
);

[DbContext(typeof(CopiedContext)), Migration("20260301000000_CreateCopied")]
public sealed class CreateCopied : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "events",
            table => new
            {
                Id = table.Column<long>(nullable: false),
                EventId = table.Column<string>(nullable: false),
                EventType = table.Column<string>(nullable: false),
                AggregateId = table.Column<string>(nullable: false),
                SequenceNumber = table.Column<int>(nullable: false),
                EventData = table.Column<string>(nullable: false),
                Metadata = table.Column<string>(nullable: true),
                Timestamp = table.Column<string>(nullable: false),
                Checksum = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_events", one => one.Id)
        );
        migrationBuilder.CreateTable(
            "documents",
            table => new { Id = table.Column<string>(nullable: false), Title = table.Column<string>(nullable: false) },
            constraints: table => table.PrimaryKey("PK_documents", one => one.Id)
        );
        migrationBuilder.CreateTable(
            "document_chunks",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                DocumentId = table.Column<string>(nullable: false),
                ChunkIndex = table.Column<int>(nullable: false),
                Content = table.Column<string>(nullable: false),
                ContentHash = table.Column<string>(nullable: false),
                CreatedAt = table.Column<DateTimeOffset>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_document_chunks", one => one.Id);
                table.ForeignKey("FK_document_chunks_documents", one => one.DocumentId, "documents", "Id");
            }
        );
        migrationBuilder.CreateIndex("IX_events_EventId", "events", "EventId", unique: true);
        migrationBuilder.CreateIndex(
            "IX_events_AggregateId_SequenceNumber",
            "events",
            ["AggregateId", "SequenceNumber"],
            unique: true
        );
        migrationBuilder.CreateIndex(
            "IX_document_chunks_DocumentId_ChunkIndex",
            "document_chunks",
            ["DocumentId", "ChunkIndex"],
            unique: true
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException();
}
