using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class DocumentChunkConfiguration : IEntityTypeConfiguration<DocumentChunk>
{
    public void Configure(EntityTypeBuilder<DocumentChunk> builder)
    {
        builder.ToTable("document_chunks", table => table.HasJsonCheck("metadata"));
        builder.HasKey(row => row.Id);
        builder.HasOne<Document>().WithMany().HasForeignKey(row => row.DocumentId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne<KnowledgeBase>()
            .WithMany()
            .HasForeignKey(row => row.KnowledgeBaseId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.DocumentId, row.ChunkIndex }).IsUnique();
        builder.HasIndex(row => row.KnowledgeBaseId);
        builder.HasIndex(row => row.ContentHash);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<DocumentChunk> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.DocumentId).HasColumnName("document_id");
        builder.Property(row => row.KnowledgeBaseId).HasColumnName("kb_id");
        builder.Property(row => row.ChunkIndex).HasColumnName("chunk_index");
        builder.Property(row => row.Content).HasColumnName("content");
        builder.Property(row => row.ContentHash).HasColumnName("content_hash");
        builder.Property(row => row.TokenCount).HasColumnName("token_count");
        builder.Property(row => row.Metadata).HasColumnName("metadata");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
    }
}
