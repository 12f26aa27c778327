using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Testing;

/// <summary>An application's context with orders and their lines. Its migrations are versions 1 to 4.</summary>
public class ShopContext(DbContextOptions options) : DbContext(options);
