#include "sim/num.h"

#include "sim/err.h"

#include <stdint.h>
#include <string.h>

/*
 * ln 2 and (ln 2)/128 in two parts: the high part is a multiple of 2^-42, so that its
 * product with an exponent or a step number is exact.
 */
#define LN2_HI 0x1.62e42fefa38p-1
#define LN2_LO 0x1.ef35793c7673p-45
#define STEP_HI 0x1.62e42fefcp-8
#define STEP_LO -0x1.c610ca86c3899p-44
#define STEPS_PER_ONE 0x1.71547652b82fep7 /* 128 / ln 2 */
#define ROUNDER 0x1.8p52 /* added and taken away again rounds to a whole number */

#define EXPONENT_MASK 0x7ff0000000000000u
#define MANTISSA_MASK 0x000fffffffffffffu
#define ONE 0x3ff0000000000000u /* the bits of 1.0 */

/*
 * Row i serves mantissas near 1 + i/128: its reciprocal in 11 bits, and minus the
 * logarithm of that reciprocal as a multiple of 2^-42 and a rest. The first row and the
 * last one (with an exponent one lower) give 0 exactly, so nothing cancels near x = 1.
 * Computed with 60 decimal digits by Python's decimal module, rounded once.
 */
static const struct {
    double reciprocal, high, low;
} log_table[129] = {
    {0x1p0, 0x0p0, 0x0p0},
    {0x1.fcp-1, 0x1.010157588p-7, 0x1.bce251998b506p-44},
    {0x1.f8p-1, 0x1.020565893p-6, 0x1.611d27c8e8417p-44},
    {0x1.f48p-1, 0x1.74321d3dp-6, 0x1.b4a690fe94778p-48},
    {0x1.f08p-1, 0x1.f7a9b1678p-6, 0x1.42ad9271be7d7p-45},
    {0x1.edp-1, 0x1.35c8bfaa1p-5, 0x1.8357d5ef9eb35p-44},
    {0x1.e9p-1, 0x1.788595a358p-5, -0x1.08b0d083b3a4cp-46},
    {0x1.e58p-1, 0x1.b35dd9b588p-5, 0x1.d5674d6cf558ep-44},
    {0x1.e2p-1, 0x1.eea31c0068p-5, 0x1.c3dd83606d891p-44},
    {0x1.de8p-1, 0x1.152b799bb4p-4, -0x1.9bb2907030829p-47},
    {0x1.dbp-1, 0x1.333d7f8184p-4, -0x1.692b6a81b8848p-49},
    {0x1.d78p-1, 0x1.518874226p-4, 0x1.30a1d96258b3ep-44},
    {0x1.d4p-1, 0x1.700d30aeacp-4, 0x1.c1e8da99ded32p-49},
    {0x1.d1p-1, 0x1.8a6477a91cp-4, 0x1.c28c0af9bd6dfp-44},
    {0x1.cd8p-1, 0x1.a956d3ecacp-4, 0x1.e63794c02c4afp-44},
    {0x1.ca8p-1, 0x1.c40d6425a4p-4, 0x1.cb1121d1930ddp-44},
    {0x1.c7p-1, 0x1.e3707ee304p-4, 0x1.0f684e6766abdp-45},
    {0x1.c4p-1, 0x1.fe89139dbcp-4, 0x1.56594d82f7a82p-44},
    {0x1.c1p-1, 0x1.0ce7ecdcccp-3, 0x1.4652dabff5447p-46},
    {0x1.bep-1, 0x1.1aa2b7e24p-3, -0x1.1ac38dde3b366p-44},
    {0x1.bbp-1, 0x1.28753bc11ap-3, 0x1.7494e359302e6p-44},
    {0x1.b8p-1, 0x1.365fcb015ap-3, -0x1.fd3a0afb9691bp-44},
    {0x1.b5p-1, 0x1.4462b9dc9cp-3, -0x1.84858a711b062p-44},
    {0x1.b2p-1, 0x1.527e5e4a1cp-3, -0x1.4e60b8d4b411dp-44},
    {0x1.afp-1, 0x1.60b3100b0ap-3, -0x1.71456c988f814p-44},
    {0x1.ac8p-1, 0x1.6c9d07d204p-3, -0x1.c73fafd9b2dcap-50},
    {0x1.a98p-1, 0x1.7b00916516p-3, -0x1.ae75fcb067e57p-44},
    {0x1.a7p-1, 0x1.871213750ep-3, 0x1.328eb42f9af75p-44},
    {0x1.a4p-1, 0x1.95a5adcf7p-3, 0x1.7f22858a0ff6fp-47},
    {0x1.a18p-1, 0x1.a1dfc40f1cp-3, -0x1.01e0f004f3781p-44},
    {0x1.9fp-1, 0x1.ae2ca6f672p-3, 0x1.7a8d5ae54f55p-44},
    {0x1.9cp-1, 0x1.bd087383bep-3, -0x1.d4bc4595412b6p-45},
    {0x1.998p-1, 0x1.c97f8079d4p-3, 0x1.3b161a8c6e6c5p-45},
    {0x1.97p-1, 0x1.d60a17f904p-3, -0x1.5d6e06fc20d39p-44},
    {0x1.948p-1, 0x1.e2a877a6b2p-3, 0x1.823817787081ap-44},
    {0x1.92p-1, 0x1.ef5ade4ddp-3, -0x1.a211565bb8e11p-51},
    {0x1.8f8p-1, 0x1.fc218be62p-3, 0x1.4bba46f1cf6ap-44},
    {0x1.8dp-1, 0x1.047e60cde8p-2, 0x1.dbdf10d397f3cp-45},
    {0x1.8bp-1, 0x1.09aa572e6cp-2, 0x1.b50a1e1734342p-44},
    {0x1.888p-1, 0x1.102ac0a35dp-2, -0x1.f1fbddfdfd686p-45},
    {0x1.86p-1, 0x1.16b5ccbadp-2, -0x1.23299042d74bfp-44},
    {0x1.84p-1, 0x1.1bf99635a7p-2, -0x1.1ac89575c2125p-44},
    {0x1.818p-1, 0x1.22981fbef8p-2, -0x1.a1421609580dap-44},
    {0x1.7f8p-1, 0x1.27ebaf58d9p-2, -0x1.b198800b4bda7p-45},
    {0x1.7dp-1, 0x1.2e9e2bce12p-2, 0x1.4300c128d1dc2p-45},
    {0x1.7bp-1, 0x1.3401e12aedp-2, -0x1.17c73556e291dp-44},
    {0x1.788p-1, 0x1.3ac8ca38e6p-2, -0x1.d0befbc02be4ap-45},
    {0x1.768p-1, 0x1.403d086ceap-2, 0x1.e6ef574487308p-44},
    {0x1.748p-1, 0x1.45b8c0a17ep-2, -0x1.d9120e7d0a853p-47},
    {0x1.728p-1, 0x1.4b3c077268p-2, -0x1.65b4681052b9fp-46},
    {0x1.7p-1, 0x1.522ae0738ap-2, 0x1.ebe708164c759p-45},
    {0x1.6ep-1, 0x1.57bf753c8dp-2, 0x1.fadedee5d40efp-46},
    {0x1.6cp-1, 0x1.5d5bddf596p-2, -0x1.a0b2a08a465dcp-47},
    {0x1.6ap-1, 0x1.630030b3abp-2, -0x1.db623e731aep-45},
    {0x1.68p-1, 0x1.68ac83e9c7p-2, -0x1.7af966c548a3p-44},
    {0x1.66p-1, 0x1.6e60ee6af2p-2, -0x1.a37a6a0f7749ep-44},
    {0x1.64p-1, 0x1.741d876c68p-2, -0x1.13a7b5b11cfa7p-44},
    {0x1.62p-1, 0x1.79e26687dp-2, -0x1.309c168817444p-44},
    {0x1.608p-1, 0x1.7e3b8a49acp-2, 0x1.55dd17f4b4c17p-52},
    {0x1.5e8p-1, 0x1.840f1e1266p-2, 0x1.fc03bddc7f361p-44},
    {0x1.5c8p-1, 0x1.89eb3af433p-2, -0x1.e2e9f9f0ddd8fp-44},
    {0x1.5bp-1, 0x1.8e55f9b34ap-2, -0x1.1f21d89c89c45p-44},
    {0x1.59p-1, 0x1.9441434a03p-2, 0x1.2cb81c95fff43p-45},
    {0x1.57p-1, 0x1.9a355c33bdp-2, 0x1.ae73535438bebp-44},
    {0x1.558p-1, 0x1.9eb246cb4fp-2, -0x1.5ed18b0c6c46fp-46},
    {0x1.538p-1, 0x1.a4b60a46e6p-2, -0x1.16999e08b3a57p-45},
    {0x1.52p-1, 0x1.a93ed3c8aep-2, -0x1.8724350562169p-44},
    {0x1.5p-1, 0x1.af5295248dp-2, -0x1.17cc552774458p-45},
    {0x1.4e8p-1, 0x1.b3e77d046dp-2, 0x1.c9da811ca2675p-44},
    {0x1.4c8p-1, 0x1.ba0b922e75p-2, -0x1.bcc0813d0d31bp-47},
    {0x1.4bp-1, 0x1.beacd9e272p-2, -0x1.4bac8923c3257p-44},
    {0x1.498p-1, 0x1.c35383c885p-2, 0x1.5e5bbdb3cc5b6p-47},
    {0x1.478p-1, 0x1.c98f869a9dp-2, -0x1.11056cbc9dd6ap-44},
    {0x1.46p-1, 0x1.ce42f18064p-2, 0x1.d0d0798270b2ap-44},
    {0x1.448p-1, 0x1.d2fbe93203p-2, 0x1.31c1543c786acp-44},
    {0x1.43p-1, 0x1.d7ba7ad9e8p-2, -0x1.3022bb88a325bp-45},
    {0x1.418p-1, 0x1.dc7eb3d192p-2, -0x1.853e42391a209p-44},
    {0x1.3f8p-1, 0x1.e2e28d3d7p-2, 0x1.cc1734e262467p-46},
    {0x1.3ep-1, 0x1.e7b42c3ddbp-2, -0x1.465505372bd08p-45},
    {0x1.3c8p-1, 0x1.ec8ba06d16p-2, -0x1.49dc9a5af4bbfp-44},
    {0x1.3bp-1, 0x1.f168f7fb06p-2, -0x1.d6fb40a7c0c6ep-45},
    {0x1.398p-1, 0x1.f64c414b92p-2, 0x1.b1207a3e09a98p-44},
    {0x1.38p-1, 0x1.fb358af7a5p-2, -0x1.def40b87d36d9p-44},
    {0x1.368p-1, 0x1.001271e716p-1, 0x1.5865e8bb07b4bp-45},
    {0x1.35p-1, 0x1.028d2d6a96p-1, 0x1.fa3fec303d08p-44},
    {0x1.338p-1, 0x1.050affa567p-1, 0x1.a563386a8ee3cp-45},
    {0x1.32p-1, 0x1.078bf0533c8p-1, -0x1.4bf6edf090501p-44},
    {0x1.31p-1, 0x1.0938fae5d9p-1, -0x1.65023ebc627dbp-45},
    {0x1.2f8p-1, 0x1.0bbf2fd23ep-1, -0x1.5f8bfa94a1946p-44},
    {0x1.2ep-1, 0x1.0e4898611dp-1, -0x1.8f599fe1ffa3p-44},
    {0x1.2c8p-1, 0x1.10d53cbc08p-1, 0x1.efc5cb54f6af7p-46},
    {0x1.2b8p-1, 0x1.128a24f1d98p-1, 0x1.7f9cf4df375e6p-44},
    {0x1.2ap-1, 0x1.151c3f6f298p-1, -0x1.edd97a293ae49p-45},
    {0x1.288p-1, 0x1.17b1ac17ccp-1, -0x1.52762a46c5b48p-44},
    {0x1.27p-1, 0x1.1a4a738b7ap-1, 0x1.9e2b126042793p-44},
    {0x1.26p-1, 0x1.1c07849ae6p-1, 0x1.cacdeed70e667p-51},
    {0x1.248p-1, 0x1.1ea5f6e70e8p-1, 0x1.c1747eb80651cp-44},
    {0x1.238p-1, 0x1.2066d77407p-1, 0x1.bf32e828f9c6cp-44},
    {0x1.22p-1, 0x1.230b0d8becp-1, -0x1.b40fe646de661p-44},
    {0x1.208p-1, 0x1.25b2c55cd58p-1, -0x1.3b722ff856bfbp-46},
    {0x1.1f8p-1, 0x1.2779e1ec94p-1, -0x1.35b991994c90fp-45},
    {0x1.1ep-1, 0x1.2a2786d0ecp-1, 0x1.06d2be797882dp-45},
    {0x1.1dp-1, 0x1.2bf29f9842p-1, -0x1.e275c79e2c481p-44},
    {0x1.1b8p-1, 0x1.2ea64c3f978p-1, -0x1.ab4d7482b9066p-45},
    {0x1.1a8p-1, 0x1.30757344f1p-1, -0x1.ec82f533a1f99p-45},
    {0x1.198p-1, 0x1.32463ebdd38p-1, -0x1.8b08711b2d49fp-44},
    {0x1.18p-1, 0x1.35028ad9d9p-1, -0x1.bd1f01ab60655p-44},
    {0x1.17p-1, 0x1.36d77e9d35p-1, -0x1.4a061506115f9p-48},
    {0x1.158p-1, 0x1.399a157a6p-1, 0x1.f399c62286d89p-44},
    {0x1.148p-1, 0x1.3b7344be4p-1, 0x1.88bb6943a0521p-44},
    {0x1.138p-1, 0x1.3d4e2ae7b8p-1, -0x1.d4a6e01037913p-45},
    {0x1.12p-1, 0x1.4019c2125c8p-1, 0x1.498c367879c5ap-44},
    {0x1.11p-1, 0x1.41f8ff8472p-1, -0x1.4f7845166b2e1p-44},
    {0x1.1p-1, 0x1.43d9ff2f92p-1, 0x1.e267b0b7efae1p-44},
    {0x1.0fp-1, 0x1.45bcc464c88p-1, 0x1.3a145b00234d8p-45},
    {0x1.0d8p-1, 0x1.489445fp-1, -0x1.9a0cf95dc2343p-44},
    {0x1.0c8p-1, 0x1.4a7b87bf1f8p-1, 0x1.4123a4eb6653dp-44},
    {0x1.0b8p-1, 0x1.4c649aff0fp-1, -0x1.ea4e6e935367dp-45},
    {0x1.0a8p-1, 0x1.4e4f832c56p-1, 0x1.badbddcaf29d2p-46},
    {0x1.098p-1, 0x1.503c43cd8e8p-1, 0x1.b401f872c6597p-44},
    {0x1.088p-1, 0x1.522ae0738ap-1, 0x1.ebe708164c759p-44},
    {0x1.07p-1, 0x1.55144fdbccp-1, -0x1.4ec532b35ba3ep-44},
    {0x1.06p-1, 0x1.5707a26bb9p-1, -0x1.cccfe80199f84p-44},
    {0x1.05p-1, 0x1.58fcddce008p-1, -0x1.9e3900345a85dp-44},
    {0x1.04p-1, 0x1.5af405c3648p-1, 0x1.dfa63ac10c9fbp-45},
    {0x1.03p-1, 0x1.5ced1e17c38p-1, -0x1.1d52fdabeaa73p-44},
    {0x1.02p-1, 0x1.5ee82aa2418p-1, 0x1.202380cda46bep-45},
    {0x1.01p-1, 0x1.60e52f45788p-1, 0x1.c6ea5e681638dp-46},
    {0x1p-1, 0x1.62e42fefa38p-1, 0x1.ef35793c7673p-45},
};

/* 2^(i/128) rounded, and what the rounding lost as a fraction; made the same way. */
static const struct {
    double value, lost;
} exp_table[128] = {
    {0x1p0, 0x0p0},
    {0x1.0163da9fb3335p0, 0x1.b3b4f1a88bf6dp-54},
    {0x1.02c9a3e778061p0, -0x1.160139cd8dc5dp-56},
    {0x1.04315e86e7f85p0, -0x1.05e7a108766d1p-54},
    {0x1.059b0d3158574p0, 0x1.cd2523567f613p-55},
    {0x1.0706b29ddf6dep0, -0x1.bce8023f98efap-55},
    {0x1.0874518759bc8p0, 0x1.0f74e61e6c861p-57},
    {0x1.09e3ecac6f383p0, 0x1.0a3e45b33d398p-54},
    {0x1.0b5586cf9890fp0, 0x1.79aa65d837b6cp-54},
    {0x1.0cc922b7247f7p0, 0x1.eb51a92fdeffbp-55},
    {0x1.0e3ec32d3d1a2p0, 0x1.ebe3d702f9cd1p-60},
    {0x1.0fb66affed31bp0, -0x1.a033489906e0bp-57},
    {0x1.11301d0125b51p0, -0x1.556522a2fbd0ep-54},
    {0x1.12abdc06c31ccp0, -0x1.080ef8c4eea55p-58},
    {0x1.1429aaea92dep0, -0x1.1c923b9d5f416p-54},
    {0x1.15a98c8a58e51p0, 0x1.0d3e3e95c55afp-55},
    {0x1.172b83c7d517bp0, -0x1.01b15eaa59348p-55},
    {0x1.18af9388c8deap0, -0x1.f1ff055de323dp-55},
    {0x1.1a35beb6fcb75p0, 0x1.b898c3f1353bfp-55},
    {0x1.1bbe084045cd4p0, -0x1.6d99c7611eb27p-54},
    {0x1.1d4873168b9aap0, 0x1.aecf73e3a2f5fp-54},
    {0x1.1ed5022fcd91dp0, -0x1.fe782cb86389ep-55},
    {0x1.2063b88628cd6p0, 0x1.a6f4144a6c38cp-55},
    {0x1.21f49917ddc96p0, 0x1.07a05b0e4047dp-55},
    {0x1.2387a6e756238p0, 0x1.68efde3a8a893p-54},
    {0x1.251ce4fb2a63fp0, 0x1.75e18f274487dp-55},
    {0x1.26b4565e27cddp0, 0x1.0472b981fe7f2p-55},
    {0x1.284dfe1f56381p0, -0x1.6b87b3f71085ep-54},
    {0x1.29e9df51fdee1p0, 0x1.2f7e16d09ab31p-55},
    {0x1.2b87fd0dad99p0, -0x1.d219b1a6fbffbp-60},
    {0x1.2d285a6e4030bp0, 0x1.b3782720c0ab3p-55},
    {0x1.2ecafa93e2f56p0, 0x1.e149289cecb8fp-57},
    {0x1.306fe0a31b715p0, 0x1.34d754db0abb6p-55},
    {0x1.32170fc4cd831p0, 0x1.64201e2ac744cp-55},
    {0x1.33c08b26416ffp0, 0x1.fdd395dd3f84ap-55},
    {0x1.356c55f929ff1p0, -0x1.6a3803b8e5b04p-55},
    {0x1.371a7373aa9cbp0, -0x1.24aedcc4b5069p-54},
    {0x1.38cae6d05d866p0, -0x1.907f81b512d8fp-54},
    {0x1.3a7db34e59ff7p0, -0x1.1d1e83e9436d2p-56},
    {0x1.3c32dc313a8e5p0, -0x1.91919b3ce1b15p-54},
    {0x1.3dea64c123422p0, 0x1.59f48a72a4c6cp-55},
    {0x1.3fa4504ac801cp0, -0x1.312607a28698ap-54},
    {0x1.4160a21f72e2ap0, -0x1.8a78f4817895bp-58},
    {0x1.431f5d950a897p0, -0x1.c2c9b67499a1bp-56},
    {0x1.44e086061892dp0, 0x1.363ed60c2ac11p-59},
    {0x1.46a41ed1d0057p0, 0x1.666093b0664efp-54},
    {0x1.486a2b5c13cdp0, 0x1.ecce1daa10379p-57},
    {0x1.4a32af0d7d3dep0, 0x1.3ff8e3f0f123p-54},
    {0x1.4bfdad5362a27p0, 0x1.690cebb7aafbp-56},
    {0x1.4dcb299fddd0dp0, 0x1.31dbdeb54e077p-54},
    {0x1.4f9b2769d2ca7p0, -0x1.f94340071a38fp-55},
    {0x1.516daa2cf6642p0, -0x1.7deccdc93a34ap-55},
    {0x1.5342b569d4f82p0, -0x1.8dec6bd0f386p-56},
    {0x1.551a4ca5d920fp0, -0x1.61246ec7b5cf6p-55},
    {0x1.56f4736b527dap0, 0x1.3350518fdd78dp-54},
    {0x1.58d12d497c7fdp0, 0x1.b98b72f8a9b05p-56},
    {0x1.5ab07dd485429p0, 0x1.063e1e21c5409p-54},
    {0x1.5c9268a5946b7p0, 0x1.4c7855019c6eap-60},
    {0x1.5e76f15ad2148p0, 0x1.432e62b64c035p-54},
    {0x1.605e1b976dc09p0, -0x1.ce44a6199769fp-55},
    {0x1.6247eb03a5585p0, -0x1.c33c53bef4da8p-55},
    {0x1.6434634ccc32p0, -0x1.45378892be9aep-55},
    {0x1.6623882552225p0, -0x1.3cedd78565858p-54},
    {0x1.68155d44ca973p0, 0x1.710aa807e1964p-58},
    {0x1.6a09e667f3bcdp0, -0x1.3b3efbf5e2229p-54},
    {0x1.6c012750bdabfp0, -0x1.a12ad8734b982p-57},
    {0x1.6dfb23c651a2fp0, -0x1.367efb86da9eep-57},
    {0x1.6ff7df9519484p0, -0x1.0dc3d54e08851p-55},
    {0x1.71f75e8ec5f74p0, -0x1.81f647e5a3ecfp-56},
    {0x1.73f9a48a58174p0, -0x1.6ee4ac08b7dbp-55},
    {0x1.75feb564267c9p0, -0x1.619321e55e68ap-55},
    {0x1.780694fde5d3fp0, 0x1.09ccb5e09d4d2p-54},
    {0x1.7a11473eb0187p0, -0x1.b32dcb94da51dp-56},
    {0x1.7c1ed0130c132p0, 0x1.4ecfd5467c06bp-54},
    {0x1.7e2f336cf4e62p0, 0x1.5ebe1abd66c55p-57},
    {0x1.80427543e1a12p0, -0x1.8a1c52fb3cf42p-55},
    {0x1.82589994cce13p0, -0x1.369b6f13b3734p-54},
    {0x1.8471a4623c7adp0, -0x1.05e843a19ff1ep-55},
    {0x1.868d99b4492edp0, -0x1.4d450d872576ep-54},
    {0x1.88ac7d98a6699p0, 0x1.0ad675b0e8ap-54},
    {0x1.8ace5422aa0dbp0, 0x1.db72fc1f0eab4p-55},
    {0x1.8cf3216b5448cp0, -0x1.5b6609cc5e7ffp-57},
    {0x1.8f1ae99157736p0, 0x1.bf68359f35f44p-56},
    {0x1.9145b0b91ffc6p0, -0x1.3091fa71e3d83p-54},
    {0x1.93737b0cdc5e5p0, -0x1.da9b88b6c1e29p-58},
    {0x1.95a44cbc8520fp0, -0x1.c23f97c90b959p-57},
    {0x1.97d829fde4e5p0, -0x1.2434322f4f9aap-54},
    {0x1.9a0f170ca07bap0, -0x1.5ca6cd7668e4bp-55},
    {0x1.9c49182a3f09p0, 0x1.1affc2b91ce27p-56},
    {0x1.9e86319e32323p0, 0x1.dd235e10a73bbp-57},
    {0x1.a0c667b5de565p0, -0x1.7c50422622263p-55},
    {0x1.a309bec4a2d33p0, 0x1.b1c86e3e231d5p-55},
    {0x1.a5503b23e255dp0, -0x1.1bbd1d3bcbb15p-54},
    {0x1.a799e1330b358p0, 0x1.0cc319cee31d2p-54},
    {0x1.a9e6b5579fdbfp0, 0x1.469846e735ab3p-55},
    {0x1.ac36bbfd3f37ap0, -0x1.2dfcd978e9db4p-55},
    {0x1.ae89f995ad3adp0, 0x1.c1a7792cb3386p-55},
    {0x1.b0e07298db666p0, -0x1.07b8f4ad1d9fap-54},
    {0x1.b33a2b84f15fbp0, -0x1.5c3d956dcaebap-58},
    {0x1.b59728de5593ap0, -0x1.0a40e3da6f64p-54},
    {0x1.b7f76f2fb5e47p0, -0x1.8d6f438ad9334p-57},
    {0x1.ba5b030a1064ap0, -0x1.1eee26b588a36p-54},
    {0x1.bcc1e904bc1d2p0, 0x1.4ffd70a5fddcdp-56},
    {0x1.bf2c25bd71e09p0, -0x1.1bdfbfa9298adp-54},
    {0x1.c199bdd85529cp0, 0x1.36eae30af0cb3p-56},
    {0x1.c40ab5fffd07ap0, 0x1.ee3325c9ffd93p-55},
    {0x1.c67f12e57d14bp0, 0x1.4e08fd10959acp-55},
    {0x1.c8f6d9406e7b5p0, 0x1.3cdaf384e1a67p-57},
    {0x1.cb720dcef9069p0, 0x1.76b2c6c921968p-57},
    {0x1.cdf0b555dc3fap0, -0x1.08a1883ccb5d2p-55},
    {0x1.d072d4a07897cp0, -0x1.fad5d3ffffa6fp-55},
    {0x1.d2f87080d89f2p0, -0x1.00dae3875a949p-54},
    {0x1.d5818dcfba487p0, 0x1.4a385a63d07a7p-56},
    {0x1.d80e316c98398p0, -0x1.2919e2040220fp-55},
    {0x1.da9e603db3285p0, 0x1.e5a50d5c192acp-55},
    {0x1.dd321f301b46p0, 0x1.43a59ac016b4bp-55},
    {0x1.dfc97337b9b5fp0, -0x1.2d52107b43e1fp-55},
    {0x1.e264614f5a129p0, -0x1.92ab93b470dc9p-55},
    {0x1.e502ee78b3ff6p0, 0x1.4b604603a88d3p-56},
    {0x1.e7a51fbc74c83p0, 0x1.3c5ec519d7271p-55},
    {0x1.ea4afa2a490dap0, -0x1.ff7128fd391f1p-55},
    {0x1.ecf482d8e67f1p0, -0x1.dae98e223747dp-55},
    {0x1.efa1bee615a27p0, 0x1.ec3bc41aa2008p-55},
    {0x1.f252b376bba97p0, 0x1.42b94c3a9eb32p-55},
    {0x1.f50765b6e454p0, 0x1.a64a931d185edp-55},
    {0x1.f7bfdad9cbe14p0, -0x1.e37bae43be3edp-55},
    {0x1.fa7c1819e90d8p0, 0x1.7893b4d91cd9cp-56},
    {0x1.fd3c22b8f71f1p0, 0x1.305c14160cc89p-58},
};

static uint64_t
bits_of(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

static double
of_bits(uint64_t b)
{
    double x;

    memcpy(&x, &b, sizeof x);
    return x;
}

/*
 * ln x = e ln 2 + ln c + ln(1 + r), where x = 2^e m, c is a table row's number near m
 * and r = m/c - 1. The reciprocal has so few bits that r comes without error in two
 * parts, the second at most half the first.
 *
 * Source   the power series of ln(1 + r) to r^7; |r| < 0.0079, the rest is below 2^-57
 * r
 */
double
num_log(double x)
{
    uint64_t b = bits_of(x);
    double e = -1023.0;

    if (b - (ONE - (1022ull << 52)) >= EXPONENT_MASK - (ONE - (1022ull << 52))) {
        BUG_IF(!(x > 0.0) || b >= EXPONENT_MASK);
        b = bits_of(x * 0x1p54); /* subnormal */
        e -= 54.0;
    }
    e += (double)(int64_t)(b >> 52);

    uint64_t row = (((b >> 44) & 255) + 1) >> 1;
    uint64_t m = (b & MANTISSA_MASK) | ONE;
    double m_high = of_bits((m + 0x80000000u) & 0xffffffff00000000u);
    double c = log_table[row].reciprocal;
    double r_high = m_high * c - 1.0;
    double r_low = (of_bits(m) - m_high) * c;
    double r = r_high + r_low;
    double r2 = r * r;

    double whole = e * LN2_HI + log_table[row].high; /* exact */
    double sum = whole + r_high;
    double low = whole - sum + r_high; /* what `sum` lost; |whole| > |r_high| or 0 */
    low += r_low + (e * LN2_LO + log_table[row].low);
    double r4 = r2 * r2;
    double near = r2 * (-1.0 / 2.0 + r * (1.0 / 3.0));
    double far =
        r4 * (-1.0 / 4.0 + r * (1.0 / 5.0)) + r4 * r2 * (-1.0 / 6.0 + r * (1.0 / 7.0));
    return sum + (low + near + far);
}

/*
 * e^x = 2^q 2^(i/128) e^r with 128 q + i = round(128 x / ln 2).
 *
 * Source   the power series of e^r to r^5; |r| < 0.00271, the rest is below 2^-60
 */
double
num_exp(double x)
{
    BUG_IF(!(x <= 709.0));
    if (x < -745.0)
        return 0.0;

    double steps = x * STEPS_PER_ONE + ROUNDER;
    int64_t n = (int64_t)(bits_of(steps) << 13) >> 13; /* two's complement below */
    steps -= ROUNDER;
    double r = x - steps * STEP_HI - steps * STEP_LO;
    double r2 = r * r;
    double p =
        r + r2 * (1.0 / 2.0 + r * (1.0 / 6.0) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));

    const uint64_t i = (uint64_t)n & 127;
    double value = exp_table[i].value;
    value += value * (exp_table[i].lost + p);

    uint64_t q = (uint64_t)((n - (int64_t)i) / 128);
    if (x < -708.0) /* the result may be subnormal: rounds twice */
        return of_bits(bits_of(value) + ((q + 64) << 52)) * 0x1p-64;
    return of_bits(bits_of(value) + (q << 52));
}
