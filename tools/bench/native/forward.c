/* The frame path in C: the same checks, counters, tables and copies as the router's kernel for .NET, so that the ratio of their
 * times is that of the two languages. BRANCHLESS chooses how the prefix search halves. Frames that the fast paths do not take
 * are counted as rare and dropped: the bench has none, and says so when there is one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef BRANCHLESS
#define BRANCHLESS 0
#endif

#define KIND (7u << 28)
#define PATH (1u << 28)
#define GROUP (2u << 28)
#define PATH_PAIR (3u << 28)
#define VRF (4u << 28)
#define PSEUDOWIRE (5u << 28)
#define INDEX 0x00FFFFFFu
#define SCOPE (15u << 24)
#define UNIFORM (1 << 24)
#define MARGIN 32
#define SHORTEST 18
#define BOTTOM 0x100u

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

typedef struct {
    uint8_t *octets;
    int32_t size, headroom, start, length, port, mark, context, offset, value;
} frame;

typedef struct port port;
struct port {
    int (*send)(port *self, const frame *f);
    uint64_t frames, octets, hash;
    int32_t index;
};

/* Pointers to arrays with the layout of LabEdge.Forwarding.Tables. */
typedef struct {
    int32_t *ports;
    int32_t *labels;
    int32_t *paths;
    int32_t *transports;
    uint8_t *ready;
    int32_t *vrfs;
    uint32_t *first;
    uint32_t *last;
    uint16_t *up;
    int32_t *handles;
    int32_t *pseudowires;
    int32_t *groups;
    int32_t *circuits;
    int32_t *slots;
    int32_t *directory;
    int32_t *directory_bits;
    int32_t *received;
    int32_t *forwarded;
    int32_t *egress_dropped;
    port **devices;
    int32_t first_label, label_count, group_stride, circuit_mask, verify, wide;
    int64_t rare;
} tables;

static inline uint16_t read16(const uint8_t *p) { uint16_t v; memcpy(&v, p, 2); return __builtin_bswap16(v); }
static inline uint32_t read32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return __builtin_bswap32(v); }
static inline uint64_t read64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return __builtin_bswap64(v); }
static inline void write32(uint8_t *p, uint32_t v) { v = __builtin_bswap32(v); memcpy(p, &v, 4); }
static inline void write64(uint8_t *p, uint64_t v) { v = __builtin_bswap64(v); memcpy(p, &v, 8); }

static inline int header_sum_right(const uint8_t *p)
{
    uint64_t a, b;
    uint32_t c;
    memcpy(&a, p, 8);
    memcpy(&b, p + 8, 8);
    memcpy(&c, p + 16, 4);
    uint64_t sum = (uint32_t)a + (a >> 32) + (uint32_t)b + (b >> 32) + c;
    sum = (uint32_t)sum + (sum >> 32);
    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
}

static inline void lower_ttl(uint8_t *p, int by)
{
    uint32_t word = read32(p);
    uint32_t sum = (word & 0xFFFF) + ((uint32_t)by << 8);
    sum += sum >= 0xFFFF;
    write32(p, ((word - ((uint32_t)by << 24)) & 0xFFFF0000) | (sum & 0xFFFF));
}

/* One halving: h moves on by n when the prefix there begins at or before d. */
#if BRANCHLESS
#define STEP(n) { uint32_t to = h + (n); uint32_t at = first[to]; \
    __asm__("cmp %2, %3\n\tcmovae %1, %0" : "+r"(h) : "r"(to), "r"(at), "r"(d) : "cc"); }
#else
#define STEP(n) if (first[h + (n)] <= d) { h += (n); __asm__ volatile(""); }
#endif

/* Layout large: a directory, then chunks of 16. A slot is a handle, or the complement of where a chunk begins. */
static inline uint32_t wide(const tables *t, uint32_t vrf, uint32_t d)
{
    int shift = 32 - t->directory_bits[vrf];
    int32_t h = t->slots[t->directory[vrf] + (int32_t)(d >> shift)];
    while (h < 0) {
        shift -= 4;
        h = t->slots[~h + (int32_t)((d >> shift) & 15)];
    }
    return (uint32_t)h;
}

static inline uint32_t handle_of(const tables *t, uint32_t vrf, uint32_t d)
{
    const int32_t *v = t->vrfs + vrf * 4;
    if (v[2] == 31) return wide(t, vrf, d);
    const uint32_t *first = t->first;
    uint32_t h = (uint32_t)v[0];
    STEP((uint32_t)v[1])
    switch (v[2]) {
    case 16: STEP(32768) /* fall through */
    case 15: STEP(16384) /* fall through */
    case 14: STEP(8192) /* fall through */
    case 13: STEP(4096) /* fall through */
    case 12: STEP(2048) /* fall through */
    case 11: STEP(1024) /* fall through */
    case 10: STEP(512) /* fall through */
    case 9: STEP(256) /* fall through */
    case 8: STEP(128) /* fall through */
    case 7: STEP(64) /* fall through */
    case 6: STEP(32) /* fall through */
    case 5: STEP(16) /* fall through */
    case 4: STEP(8) /* fall through */
    case 3: STEP(4) /* fall through */
    case 2: STEP(2) /* fall through */
    case 1: STEP(1)
    }
    while (d > t->last[h]) h -= t->up[h];
    return (uint32_t)t->handles[h];
}

static __attribute__((noinline)) int circuit(const tables *t, int port_index, int selector)
{
    int32_t key = (port_index << 25) | selector;
    int32_t i = (int32_t)(((uint32_t)(selector + port_index * 37) * 2654435769u) >> 15) & t->circuit_mask;
    while (t->circuits[i] != key) {
        if (t->circuits[i] == -1) return 0;
        i = (i + 2) & t->circuit_mask;
    }
    return t->circuits[i + 1];
}

static __attribute__((noinline)) uint32_t select_by_labels(const tables *t, uint32_t h, const uint8_t *p)
{
    if ((p[2] & 1) == 0) p += 4;
    int hash = p[0] * 5 + p[1] * 3 + (p[2] >> 4);
    const int32_t *row = t->groups + (h & INDEX) * (uint32_t)t->group_stride;
    return (uint32_t)row[1 + hash % row[0]];
}

static __attribute__((noinline)) uint32_t select_by_addresses(const tables *t, uint32_t h, const uint8_t *p)
{
    int hash = (p[12] ^ p[16]) * 5 + (p[13] ^ p[17]) * 3 + (p[14] ^ p[18]) * 7 + (p[15] ^ p[19]);
    const int32_t *row = t->groups + (h & INDEX) * (uint32_t)t->group_stride;
    return (uint32_t)row[1 + hash % row[0]];
}

static int pseudowire_in(tables *t, frame **frames, int count, int port_index, uint32_t pseudowire)
{
    int32_t *row = t->pseudowires + pseudowire * 8;
    const int32_t *path = t->paths + row[1] * 2;
    uint32_t index = (uint32_t)path[1] & INDEX;
    int32_t *transport = t->transports + index * 8;
    const uint8_t *ready = t->ready + index * 32;
    int length_ready = transport[1];
    int control = (row[0] & 4) != 0 ? 4 : 0;
    uint64_t words = (uint64_t)(uint32_t)path[0] << (control * 8);
    int possible = (row[0] & 2) != 0 && t->wide;
    int room = transport[2] - control - 4;
    port *device = t->devices[transport[0]];
    int good = 0, rare = 0;

    for (int i = 0; i < count; i++) {
        frame *f = frames[i];
        int o = f->start, length = f->length;
        if (unlikely(!possible || o < MARGIN + 8 || length < 14 || length > room || o + length > f->size)) {
            rare++;
            continue;
        }
        uint8_t *r = f->octets + o;
        write64(r - 8, words);
        r -= control + 4;
        memcpy(r - 32, ready, 32);
        row[4]++;
        row[5] += length;
        f->start = o - control - 4 - length_ready;
        length += control + 4 + length_ready;
        f->length = length;
        good++;
        if (likely(device->send(device, f))) {
            transport[4]++;
            transport[5] += length;
        } else {
            t->egress_dropped[transport[0]]++;
        }
    }
    t->rare += rare;
    t->received[port_index] += count - rare;
    t->forwarded[port_index] += good;
    return good;
}

int burst(tables *t, frame **frames, int count, int port_index)
{
    const int32_t *own = t->ports + port_index * 8;
    if (((uint32_t)own[4] & KIND) == PSEUDOWIRE) return pseudowire_in(t, frames, count, port_index, (uint32_t)own[4] & INDEX);

    const uint64_t station = ((uint64_t)(uint32_t)own[0] << 16) | (uint32_t)own[1];
    const uint32_t scope = (uint32_t)own[2];
    const int32_t *labels = t->labels;
    const int32_t *paths = t->paths;
    int32_t *transports = t->transports;
    const uint8_t *ready = t->ready;
    port **devices = t->devices;
    const uint32_t first_label = (uint32_t)t->first_label, label_count = (uint32_t)t->label_count;
    const int verify = t->verify;
    int good = 0, rare = 0;

    for (int i = 0; i < count; i++) {
        frame *f = frames[i];
        uint8_t *r = f->octets + f->start;
        uint8_t *e = r + f->length;
        uint32_t h, word, u, n;
        int ttl, label_ttl, length;

        if (unlikely(f->start < MARGIN || f->length < SHORTEST || f->start + f->length > f->size - MARGIN)) goto rare;
        if (unlikely(read64(r) >> 16 != station)) goto rare;
        uint32_t type = read16(r + 12);
        r += 14;
        if (type == 0x8847) goto label;
        h = (uint32_t)own[3];
        if (type == 0x0800) goto ip_circuit;
        if (type != 0x8100 && type != 0x88A8) goto rare;
        word = read32(r);
        h = (uint32_t)circuit(t, port_index, (int)(word >> 16) & 0xFFF);
        type = word & 0xFFFF;
        r += 4;
        if (type == 0x8847 && h == VRF && r + 4 <= e) goto label;
        if (type != 0x0800) goto rare;

    ip_circuit:
        label_ttl = 256;
        if ((h & KIND) == VRF) goto ip;
        goto rare;

    label:
        word = read32(r);
        n = (word >> 12) - first_label;
        if (unlikely(n >= label_count)) goto rare;
        h = (uint32_t)labels[n];
        ttl = (int)(word & 0xFF);
        if (unlikely((h & SCOPE) != scope || ttl <= 1)) goto rare;
        if (unlikely((h & KIND) == GROUP)) {
            if ((word & BOTTOM) == 0 && r + 8 > e) goto rare;
            h = select_by_labels(t, h, r);
        }
        if ((h & KIND) == PATH) {
            const int32_t *swap = paths + (h & INDEX) * 2;
            u = (uint32_t)swap[1];
            if (unlikely((int)(e - r) > transports[(u & INDEX) * 8 + 2])) goto rare;
            word = ((uint32_t)swap[0] & 0xFFFFF000) | ((word & 0xFFF) - 1);
            write32(r, word);
            goto egress;
        }
        if ((h & KIND) == VRF) {
            if (unlikely((word & BOTTOM) == 0)) goto rare;
            label_ttl = ttl;
            r += 4;
            goto ip;
        }
        if ((h & KIND) == PATH_PAIR) {
            uint32_t bottom = (word >> 8) & 1;
            u = (uint32_t)paths[((h & INDEX) + bottom) * 2 + 1];
            r += 4;
            if (unlikely((int)(e - r) > transports[(u & INDEX) * 8 + 2])) goto rare;
            ttl--;
            if (!bottom) {
                if (unlikely(r + 4 > e)) goto rare;
                word = read32(r);
                if ((int)(word & 0xFF) > ttl) {
                    word = (word & ~0xFFu) | (uint32_t)ttl;
                    r[3] = (uint8_t)ttl;
                }
                goto egress;
            }
            if (unlikely(r + 20 > e || r[0] >> 4 != 4)) goto rare;
            if (r[8] > ttl) lower_ttl(r + 8, r[8] - ttl);
            word = read32(r);
            goto egress;
        }
        if ((h & KIND) == PSEUDOWIRE) {
            int32_t *row = t->pseudowires + (h & INDEX) * 8;
            r += 4;
            if (unlikely((row[0] & 2) == 0 || (word & BOTTOM) == 0)) goto rare;
            if ((row[0] & 4) != 0) {
                if (unlikely(r + 4 > e || r[0] > 15)) goto rare;
                r += 4;
            }
            length = (int)(e - r);
            if (unlikely(length < 14 || length > row[3])) goto rare;
            f->start = (int32_t)(r - f->octets);
            f->length = length;
            port *device = devices[row[2]];
            good++;
            if (likely(device->send(device, f))) {
                row[6]++;
                row[7] += length;
            } else {
                t->egress_dropped[row[2]]++;
            }
            continue;
        }
        goto rare;

    ip: ;
        if (unlikely(e - r < 20)) goto rare;
        word = read32(r);
        length = (int)(word & 0xFFFF);
        uint32_t address = read32(r + 16);
        if (unlikely(word >> 24 != 0x45 || length < 20 || length > e - r || address - 0x01000000 >= 0xDF000000 || address >> 24 == 127
                || (verify && !header_sum_right(r)))) goto rare;
        h = handle_of(t, h & INDEX, address);
        if (unlikely((h & KIND) == GROUP)) h = select_by_addresses(t, h, r);
        ttl = r[8] - 1;
        if (unlikely((h & KIND) != PATH || ttl <= 0)) goto rare;
        const int32_t *path = paths + (h & INDEX) * 2;
        uint32_t service = (uint32_t)path[0];
        u = (uint32_t)path[1];
        if (unlikely(length + (service != 0 ? 4 : 0) > transports[(u & INDEX) * 8 + 2])) goto rare;
        e = r + length;
        lower_ttl(r + 8, ttl >= label_ttl ? ttl + 2 - label_ttl : 1);
        if (service != 0) {
            if (u >= UNIFORM) service = (service & 0xFFFFF100) | ((word >> 12) & 0xE00) | r[8];
            r -= 4;
            write32(r, service);
            word = service;
        }

    egress: ;
        int32_t *transport = transports + (u & INDEX) * 8;
        length = transport[1];
        memcpy(r - 32, ready + (u & INDEX) * 32, 32);
        if (u >= UNIFORM) {
            for (int k = transport[3]; k > 0; k--) {
                uint8_t *z = r - k * 4;
                z[2] = (uint8_t)((z[2] & 0xF1) | ((word >> 8) & 14));
                z[3] = (uint8_t)word;
            }
        }
        f->start = (int32_t)(r - f->octets) - length;
        length += (int)(e - r);
        f->length = length;
        good++;
        port *device = devices[transport[0]];
        if (likely(device->send(device, f))) {
            transport[4]++;
            transport[5] += length;
            continue;
        }
        t->egress_dropped[transport[0]]++;
        continue;

    rare:
        rare++;
    }
    t->rare += rare;
    t->received[port_index] += count - rare;
    t->forwarded[port_index] += good;
    return good;
}

/* ---- what stands around the path in both languages: frames as they arrive, and the port behind ---- */

static int counting_send(port *self, const frame *f)
{
    self->frames++;
    self->octets += (uint32_t)f->length;
    return 1;
}

/* FNV-1a over port, length and octets of each frame. */
static int hashing_send(port *self, const frame *f)
{
    uint64_t h = self->hash;
    h = (h ^ (uint64_t)self->index) * 0x100000001B3;
    h = (h ^ (uint64_t)(uint32_t)f->length) * 0x100000001B3;
    for (int i = 0; i < f->length; i++) h = (h ^ f->octets[f->start + i]) * 0x100000001B3;
    self->hash = h;
    return counting_send(self, f);
}

void set_hashing(port *p, int on)
{
    p->send = on ? hashing_send : counting_send;
    p->hash = 0xCBF29CE484222325;
    p->frames = p->octets = 0;
}

port *new_port(int index)
{
    port *p = aligned_alloc(64, 64);
    p->index = index;
    set_hashing(p, 0);
    return p;
}

frame **new_frames(int count, int headroom, int size)
{
    frame **frames = malloc(sizeof *frames * (size_t)count);
    for (int i = 0; i < count; i++) {
        frames[i] = malloc(sizeof **frames);
        memset(frames[i], 0, sizeof **frames);
        frames[i]->octets = malloc((size_t)size);
        memset(frames[i]->octets, 0, (size_t)size);
        frames[i]->size = size;
        frames[i]->headroom = frames[i]->start = headroom;
    }
    return frames;
}

void free_frames(frame **frames, int count)
{
    for (int i = 0; i < count; i++) {
        free(frames[i]->octets);
        free(frames[i]);
    }
    free(frames);
}

/* An array of the router's, copied to where C would put it. */
void *copy_array(const void *from, size_t octets)
{
    void *to = aligned_alloc(64, (octets + 63) & ~(size_t)63);
    memcpy(to, from, octets);
    return to;
}

/* Template of 64 octets, and one word and one sum per key that go into it. */
typedef struct {
    const uint8_t *template_;
    const uint32_t *word;
    const uint16_t *sum;
    int32_t word_offset, sum_offset, mask, next;
} arrivals;

static inline void arrive(arrivals *a, frame **frames, int count)
{
    int next = a->next;
    for (int i = 0; i < count; i++) {
        frame *f = frames[i];
        uint8_t *to = f->octets + f->headroom;
        memcpy(to, a->template_, 64);
        memcpy(to + a->word_offset, a->word + next, 4);
        memcpy(to + a->sum_offset, a->sum + next, 2);
        f->start = f->headroom;
        f->length = 64;
        next = (next + 1) & a->mask;
    }
    a->next = next;
}

int64_t run(tables *t, arrivals *a, frame **frames, int pool, int burst_size, int port_index, int repeats)
{
    int64_t good = 0;
    for (int k = 0; k < repeats; k++) {
        for (int at = 0; at < pool; at += burst_size) {
            arrive(a, frames + at, burst_size);
            good += burst(t, frames + at, burst_size, port_index);
        }
    }
    return good;
}

int64_t run_arrivals(arrivals *a, frame **frames, int pool, int burst_size, int repeats)
{
    for (int k = 0; k < repeats; k++) {
        for (int at = 0; at < pool; at += burst_size) {
            arrive(a, frames + at, burst_size);
            __asm__ volatile("" ::: "memory");
        }
    }
    return (int64_t)repeats * pool;
}
