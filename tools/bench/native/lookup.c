// rte_lpm, rte_fib and rte_hash of DPDK behind plain functions: made, filled and asked in bursts over a long sequence of keys.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_fib.h>
#include <rte_fib6.h>
#include <rte_hash.h>
#include <rte_hash_crc.h>
#include <rte_lpm.h>
#include <rte_rib.h>

static int started = -1;

static void *start(void *unused)
{
    (void)unused;
    char *arguments[] = {"labedge-bench", "--no-huge", "--no-shconf", "-m", "3072", "--no-pci", "--no-telemetry", "--log-level=1",
        "--force-max-simd-bitwidth=512", "-l", "0", NULL};
    started = rte_eal_init(11, arguments);
    return NULL;
}

// EAL pins the thread that starts it: not the one that measures.
int dpdk_start(void)
{
    if (started < 0) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, start, NULL) != 0) return -1;
        pthread_join(thread, NULL);
    }
    return started;
}

static int named;

static char *name(void)
{
    static char text[32];
    snprintf(text, sizeof text, "t%d", named++);
    return text;
}

void *lpm_new(int routes, int groups)
{
    struct rte_lpm_config config = {.max_rules = routes + 16, .number_tbl8s = groups};
    return rte_lpm_create(name(), SOCKET_ID_ANY, &config);
}

int lpm_add(void *lpm, uint32_t prefix, int bits, uint32_t hop) { return rte_lpm_add(lpm, prefix, bits, hop); }
void lpm_free(void *lpm) { rte_lpm_free(lpm); }

// Results as the next hop, or 0xFFFFFF: in a buffer of one burst, which is what a forwarder reads next.
uint64_t lpm_bulk(void *lpm, const uint32_t *keys, long count, int burst, int hash)
{
    uint32_t hops[256];
    uint64_t sum = 0;
    for (long i = 0; i < count; i += burst) {
        rte_lpm_lookup_bulk(lpm, keys + i, hops, burst);
        if (hash) for (int k = 0; k < burst; k++) sum = (sum ^ (hops[k] & RTE_LPM_LOOKUP_SUCCESS ? hops[k] & 0xFFFFFF : 0xFFFFFF)) * 0x100000001B3;
        else __asm__ volatile("" : : "r"(hops) : "memory");
    }
    return sum;
}

uint64_t lpm_x4(void *lpm, const uint32_t *keys, long count, int burst, int hash)
{
    uint32_t hops[256];
    uint64_t sum = 0;
    for (long i = 0; i < count; i += burst) {
        for (int k = 0; k < burst; k += 4) rte_lpm_lookupx4(lpm, _mm_loadu_si128((const __m128i *)(keys + i + k)), hops + k, 0xFFFFFF);
        if (hash) for (int k = 0; k < burst; k++) sum = (sum ^ hops[k]) * 0x100000001B3;
        else __asm__ volatile("" : : "r"(hops) : "memory");
    }
    return sum;
}

void *fib_new(int routes, int groups, int vector)
{
    struct rte_fib_conf config = {.type = RTE_FIB_DIR24_8, .default_nh = 0xFFFFFF, .max_routes = routes + 16,
        .dir24_8 = {.nh_sz = RTE_FIB_DIR24_8_4B, .num_tbl8 = groups}};
    struct rte_fib *fib = rte_fib_create(name(), SOCKET_ID_ANY, &config);
    if (fib != NULL && rte_fib_select_lookup(fib, vector ? RTE_FIB_LOOKUP_DIR24_8_VECTOR_AVX512 : RTE_FIB_LOOKUP_DIR24_8_SCALAR_MACRO) != 0) {
        rte_fib_free(fib);
        return NULL;
    }
    return fib;
}

int fib_add(void *fib, uint32_t prefix, int bits, uint32_t hop) { return rte_fib_add(fib, prefix, bits, hop); }
void fib_free(void *fib) { rte_fib_free(fib); }

int fib_select(void *fib, int vector)
{
    return rte_fib_select_lookup(fib, vector ? RTE_FIB_LOOKUP_DIR24_8_VECTOR_AVX512 : RTE_FIB_LOOKUP_DIR24_8_SCALAR_MACRO);
}

uint64_t fib_bulk(void *fib, const uint32_t *keys, long count, int burst, int hash)
{
    uint64_t hops[256];
    uint64_t sum = 0;
    for (long i = 0; i < count; i += burst) {
        rte_fib_lookup_bulk(fib, (uint32_t *)(keys + i), hops, burst);
        if (hash) for (int k = 0; k < burst; k++) sum = (sum ^ hops[k]) * 0x100000001B3;
        else __asm__ volatile("" : : "r"(hops) : "memory");
    }
    return sum;
}

void *fib6_new(int routes, int groups)
{
    struct rte_fib6_conf config = {.type = RTE_FIB6_TRIE, .default_nh = 0xFFFFFF, .max_routes = routes + 16,
        .trie = {.nh_sz = RTE_FIB6_TRIE_4B, .num_tbl8 = groups}};
    struct rte_fib6 *fib = rte_fib6_create(name(), SOCKET_ID_ANY, &config);
    if (fib != NULL && rte_fib6_select_lookup(fib, RTE_FIB6_LOOKUP_DEFAULT) != 0) rte_fib6_select_lookup(fib, RTE_FIB6_LOOKUP_TRIE_SCALAR);
    return fib;
}

int fib6_add(void *fib, const uint8_t *prefix, int bits, uint32_t hop) { return rte_fib6_add(fib, prefix, bits, hop); }
void fib6_free(void *fib) { rte_fib6_free(fib); }

uint64_t fib6_bulk(void *fib, const uint8_t *keys, long count, int burst, int hash)
{
    uint64_t hops[256];
    uint64_t sum = 0;
    for (long i = 0; i < count; i += burst) {
        rte_fib6_lookup_bulk(fib, (uint8_t (*)[RTE_FIB6_IPV6_ADDR_SIZE])(keys + i * 16), hops, burst);
        if (hash) for (int k = 0; k < burst; k++) sum = (sum ^ hops[k]) * 0x100000001B3;
        else __asm__ volatile("" : : "r"(hops) : "memory");
    }
    return sum;
}

void *hash_new(int entries, int key_length)
{
    struct rte_hash_parameters parameters = {.name = name(), .entries = entries, .key_len = key_length, .hash_func = rte_hash_crc,
        .socket_id = SOCKET_ID_ANY};
    return rte_hash_create(&parameters);
}

int hash_add(void *hash, const void *key, uint64_t value) { return rte_hash_add_key_data(hash, key, (void *)(uintptr_t)value); }
void hash_free(void *hash) { rte_hash_free(hash); }

// Bulk look-ups of at most 64 keys; those absent give 0xFFFFFF.
uint64_t hash_bulk(void *hash, const uint8_t *keys, int key_length, long count, int burst, int sum_up)
{
    const void *pointers[64];
    void *data[64];
    uint64_t sum = 0;
    for (long i = 0; i < count; i += burst) {
        uint64_t hits = 0;
        for (int k = 0; k < burst; k++) pointers[k] = keys + (i + k) * key_length;
        rte_hash_lookup_bulk_data(hash, pointers, burst, &hits, data);
        if (sum_up) for (int k = 0; k < burst; k++) sum = (sum ^ (hits >> k & 1 ? (uint64_t)(uintptr_t)data[k] : 0xFFFFFF)) * 0x100000001B3;
        else __asm__ volatile("" : : "r"(data), "r"(hits) : "memory");
    }
    return sum;
}
